create sequence trace.shipment_id_seq increment by 10;
create table trace.shipment (
    id            bigint constraint pk_shipment primary key default nextval('trace.shipment_id_seq'),
    plant_id      bigint not null constraint fk_shipment_plant references trace.plant,
    code          text not null,
    customer_id   bigint not null constraint fk_shipment_customer references trace.customer,
    customer_name text not null,
    status        text not null constraint ck_shipment_status check (status in ('draft', 'dispatched', 'cancelled')),
    planned_on    date,
    carrier       text,
    vehicle       text,
    reference     text,
    created_at    timestamptz not null,
    created_by    bigint not null constraint fk_shipment_created_by references trace.person,
    dispatched_at timestamptz,
    dispatched_by bigint constraint fk_shipment_dispatched_by references trace.person,
    note          text,
    constraint ux_shipment_code unique (plant_id, code),
    constraint ck_shipment_dispatched check ((status = 'dispatched') = (dispatched_at is not null))
);
create index ix_shipment_customer on trace.shipment (customer_id, id);
create index ix_shipment_status on trace.shipment (plant_id, status, id);
create index ix_shipment_reference on trace.shipment (upper(reference)) where reference is not null;

create sequence trace.shipment_line_id_seq increment by 10;
create table trace.shipment_line (
    id          bigint constraint pk_shipment_line primary key default nextval('trace.shipment_line_id_seq'),
    shipment_id bigint not null constraint fk_shipment_line_shipment references trace.shipment on delete cascade,
    sequence    integer not null,
    material_id bigint not null constraint fk_shipment_line_material references trace.material,
    quantity    numeric(18,6) not null constraint ck_shipment_line_quantity check (quantity > 0),
    constraint ux_shipment_line unique (shipment_id, sequence)
);
create index ix_shipment_line_material on trace.shipment_line (material_id);

create sequence trace.shipment_pick_id_seq increment by 10;
create table trace.shipment_pick (
    id               bigint constraint pk_shipment_pick primary key default nextval('trace.shipment_pick_id_seq'),
    shipment_line_id bigint not null constraint fk_shipment_pick_line references trace.shipment_line on delete cascade,
    batch_id         bigint not null constraint fk_shipment_pick_batch references trace.batch,
    location_id      bigint not null constraint fk_shipment_pick_location references trace.location,
    quantity         numeric(18,6) not null constraint ck_shipment_pick_quantity check (quantity > 0),
    picked_by        bigint not null constraint fk_shipment_pick_person references trace.person,
    picked_at        timestamptz not null,
    constraint ux_shipment_pick unique (shipment_line_id, batch_id, location_id)
);
create index ix_shipment_pick_batch on trace.shipment_pick (batch_id);

alter table trace.activity add constraint fk_activity_shipment foreign key (shipment_id) references trace.shipment;

create sequence trace.dossier_id_seq increment by 10;
create table trace.dossier (
    id             bigint constraint pk_dossier primary key default nextval('trace.dossier_id_seq'),
    plant_id       bigint not null constraint fk_dossier_plant references trace.plant,
    code           text not null,
    batch_id       bigint not null constraint fk_dossier_batch references trace.batch,
    culture        text not null constraint ck_dossier_culture check (culture in ('zh-CN', 'en')),
    stored_file_id bigint not null constraint fk_dossier_file references trace.stored_file,
    verify_token   text not null constraint ux_dossier_verify_token unique,
    created_at     timestamptz not null,
    created_by     bigint not null constraint fk_dossier_created_by references trace.person,
    constraint ux_dossier_code unique (plant_id, code)
);
create index ix_dossier_batch on trace.dossier (batch_id, id);
create trigger append_only before update or delete on trace.dossier for each row execute function audit.refuse_change();

-- Small settings and marks of the installation (first start done, demo seeded).
create sequence trace.setting_id_seq increment by 10;
create table trace.setting (
    id    bigint constraint pk_setting primary key default nextval('trace.setting_id_seq'),
    key   text not null constraint ux_setting_key unique,
    value text not null
);

select audit.cover_schema();
