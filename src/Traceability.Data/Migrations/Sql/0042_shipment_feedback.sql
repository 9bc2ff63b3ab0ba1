-- What a customer said of a shipment, or of one batch in it, after it arrived.
create sequence trace.shipment_feedback_id_seq increment by 10;
create table trace.shipment_feedback (
    id          bigint constraint pk_shipment_feedback primary key default nextval('trace.shipment_feedback_id_seq'),
    shipment_id bigint not null constraint fk_shipment_feedback_shipment references trace.shipment,
    batch_id    bigint constraint fk_shipment_feedback_batch references trace.batch,
    kind        text not null constraint ck_shipment_feedback_kind check (kind in ('complaint', 'question', 'praise', 'other')),
    content     text not null,
    received_on date not null,
    person_id   bigint not null constraint fk_shipment_feedback_person references trace.person,
    recorded_at timestamptz not null
);
create index ix_shipment_feedback_shipment on trace.shipment_feedback (shipment_id, id);
create index ix_shipment_feedback_batch on trace.shipment_feedback (batch_id) where batch_id is not null;

select audit.cover_schema();
