-- Files live in the database: stored with the record that needs them, in its transaction, and backed up with it.
create sequence trace.stored_file_id_seq increment by 10;
create table trace.stored_file (
    id           bigint constraint pk_stored_file primary key default nextval('trace.stored_file_id_seq'),
    file_name    text not null,
    content_type text not null,
    size         bigint not null constraint ck_stored_file_size check (size > 0),
    sha256       text not null constraint ck_stored_file_sha256 check (sha256 ~ '^[0-9a-f]{64}$'),
    content      bytea not null,
    stored_at    timestamptz not null
);
create trigger append_only before update or delete on trace.stored_file for each row execute function audit.refuse_change();

create sequence trace.receipt_id_seq increment by 10;
create table trace.receipt (
    id              bigint constraint pk_receipt primary key default nextval('trace.receipt_id_seq'),
    plant_id        bigint not null constraint fk_receipt_plant references trace.plant,
    code            text not null,
    supplier_id     bigint not null constraint fk_receipt_supplier references trace.supplier,
    supplier_name   text not null,
    delivery_note   text,
    received_at     timestamptz not null,
    recorded_at     timestamptz not null,
    person_id       bigint not null constraint fk_receipt_person references trace.person,
    note            text,
    constraint ux_receipt_code unique (plant_id, code)
);
create index ix_receipt_supplier on trace.receipt (supplier_id, id);
create index ix_receipt_delivery_note on trace.receipt (upper(delivery_note));

create sequence trace.batch_id_seq increment by 20;
create table trace.batch (
    id                  bigint constraint pk_batch primary key default nextval('trace.batch_id_seq'),
    plant_id            bigint not null constraint fk_batch_plant references trace.plant,
    code                text not null constraint ck_batch_code check (code = upper(code) and length(code) between 1 and 80),
    material_id         bigint not null constraint fk_batch_material references trace.material,
    tracking            text not null constraint ck_batch_tracking check (tracking in ('batch', 'serial')),
    origin              text not null constraint ck_batch_origin check (origin in ('received', 'produced', 'split', 'merged', 'returned', 'migrated')),
    quality_status      text not null constraint ck_batch_quality_status check (quality_status in ('pending', 'released', 'concession', 'rejected')),
    hold_count          integer not null default 0 constraint ck_batch_hold_count check (hold_count >= 0),
    supplier_id         bigint constraint fk_batch_supplier references trace.supplier,
    supplier_name       text,
    supplier_batch_code text,
    receipt_id          bigint constraint fk_batch_receipt references trace.receipt,
    work_order_id       bigint,
    produced_on         date,
    expires_on          date,
    certificate_number  text,
    certificate_file_id bigint constraint fk_batch_certificate_file references trace.stored_file,
    origin_at           timestamptz not null,
    recorded_at         timestamptz not null,
    note                text,
    constraint ux_batch_code unique (plant_id, code),
    constraint ck_batch_supplier check (origin <> 'received' or (supplier_id is not null and supplier_name is not null and supplier_batch_code is not null))
);
create index ix_batch_material on trace.batch (material_id, id);
create index ix_batch_supplier_batch_code on trace.batch (upper(supplier_batch_code)) where supplier_batch_code is not null;
create index ix_batch_supplier on trace.batch (supplier_id, id) where supplier_id is not null;
create index ix_batch_receipt on trace.batch (receipt_id) where receipt_id is not null;
create index ix_batch_work_order on trace.batch (work_order_id) where work_order_id is not null;
create index ix_batch_code_pattern on trace.batch (code text_pattern_ops);
create index ix_batch_expires_on on trace.batch (expires_on) where expires_on is not null;
comment on column trace.batch.origin_at is 'When the batch came to be (received, produced, split …), as told; recorded_at is the server''s clock.';

-- Papers of a batch besides its certificate: photos, reports.
create sequence trace.batch_file_id_seq increment by 10;
create table trace.batch_file (
    id             bigint constraint pk_batch_file primary key default nextval('trace.batch_file_id_seq'),
    batch_id       bigint not null constraint fk_batch_file_batch references trace.batch,
    stored_file_id bigint not null constraint fk_batch_file_stored_file references trace.stored_file,
    kind           text not null constraint ck_batch_file_kind check (kind in ('certificate', 'report', 'photo', 'other')),
    person_id      bigint not null constraint fk_batch_file_person references trace.person,
    added_at       timestamptz not null
);
create index ix_batch_file_batch on trace.batch_file (batch_id);

-- A run: the smallest set of inputs and outputs between which material is not told apart.
create sequence trace.run_id_seq increment by 20;
create table trace.run (
    id                 bigint constraint pk_run primary key default nextval('trace.run_id_seq'),
    plant_id           bigint not null constraint fk_run_plant references trace.plant,
    grain              text not null constraint ck_run_grain check (grain in ('order', 'report', 'unit', 'vessel', 'activity')),
    work_order_id      bigint,
    work_order_step_id bigint,
    equipment_id       bigint constraint fk_run_equipment references trace.equipment,
    label              text,
    started_at         timestamptz not null,
    ended_at           timestamptz
);
create index ix_run_work_order on trace.run (work_order_id) where work_order_id is not null;

-- The ledger. Append-only: a correction is a new activity that reverses an old one (its lines repeat the old lines with the
-- opposite sign, like red-ink entries in bookkeeping).
create sequence trace.activity_id_seq increment by 20;
create table trace.activity (
    id                  bigint constraint pk_activity primary key default nextval('trace.activity_id_seq'),
    plant_id            bigint not null constraint fk_activity_plant references trace.plant,
    kind                text not null constraint ck_activity_kind check (kind in ('receive', 'issue', 'return', 'transfer', 'produce', 'split', 'merge', 'repack', 'rework',
                            'disassemble', 'pack', 'unpack', 'ship', 'customer_return', 'scrap', 'sample', 'adjust', 'migrate')),
    occurred_at         timestamptz not null,
    recorded_at         timestamptz not null,
    person_id           bigint not null constraint fk_activity_person references trace.person,
    witness_id          bigint constraint fk_activity_witness references trace.person,
    equipment_id        bigint constraint fk_activity_equipment references trace.equipment,
    work_order_id       bigint,
    work_order_step_id  bigint,
    operation_report_id bigint,
    shipment_id         bigint,
    receipt_id          bigint constraint fk_activity_receipt references trace.receipt,
    source              text not null constraint ck_activity_source check (source in ('manual', 'scan', 'rfid', 'device', 'import', 'api', 'migration')),
    device              text,
    request_id          text constraint ux_activity_request_id unique,
    reverses_id         bigint constraint fk_activity_reverses references trace.activity constraint ux_activity_reverses unique,
    reason_code_id      bigint constraint fk_activity_reason_code references trace.reason_code,
    reason              text,
    document            text,
    constraint ck_activity_reversal_reason check (reverses_id is null or reason is not null)
);
create index ix_activity_work_order on trace.activity (work_order_id, id) where work_order_id is not null;
create index ix_activity_operation_report on trace.activity (operation_report_id) where operation_report_id is not null;
create index ix_activity_shipment on trace.activity (shipment_id) where shipment_id is not null;
create index ix_activity_receipt on trace.activity (receipt_id) where receipt_id is not null;
create index ix_activity_equipment on trace.activity (equipment_id, occurred_at) where equipment_id is not null;
create index ix_activity_person on trace.activity (person_id, occurred_at);
create index ix_activity_occurred_at on trace.activity (plant_id, occurred_at);

create sequence trace.activity_line_id_seq increment by 50;
create table trace.activity_line (
    id               bigint constraint pk_activity_line primary key default nextval('trace.activity_line_id_seq'),
    activity_id      bigint not null constraint fk_activity_line_activity references trace.activity,
    run_id           bigint constraint fk_activity_line_run references trace.run,
    batch_id         bigint not null constraint fk_activity_line_batch references trace.batch,
    location_id      bigint not null constraint fk_activity_line_location references trace.location,
    direction        text not null constraint ck_activity_line_direction check (direction in ('input', 'output')),
    quantity         numeric(18,6) not null constraint ck_activity_line_quantity check (quantity <> 0),
    reverses_line_id bigint constraint fk_activity_line_reverses references trace.activity_line constraint ux_activity_line_reverses unique,
    xid              xid8 not null default pg_current_xact_id(),
    constraint ck_activity_line_sign check ((quantity > 0) = (reverses_line_id is null))
);
create index ix_activity_line_activity on trace.activity_line (activity_id);
create index ix_activity_line_batch on trace.activity_line (batch_id, direction) include (run_id, quantity);
create index ix_activity_line_run on trace.activity_line (run_id, direction) include (batch_id, quantity) where run_id is not null;
create index ix_activity_line_xid on trace.activity_line (xid);
comment on table trace.activity_line is 'quantity is in the stock unit of the batch''s material; input = out of the location, output = into it; a line that reverses another repeats it with a negative quantity';

create trigger append_only before update or delete on trace.activity for each row execute function audit.refuse_change();
create trigger append_only before update or delete on trace.activity_line for each row execute function audit.refuse_change();

create sequence trace.stock_id_seq increment by 20;
create table trace.stock (
    id          bigint constraint pk_stock primary key default nextval('trace.stock_id_seq'),
    plant_id    bigint not null constraint fk_stock_plant references trace.plant,
    batch_id    bigint not null constraint fk_stock_batch references trace.batch,
    location_id bigint not null constraint fk_stock_location references trace.location,
    quantity    numeric(18,6) not null constraint ck_stock_quantity check (quantity >= 0),
    constraint ux_stock_batch_location unique (batch_id, location_id)
);
create index ix_stock_location on trace.stock (location_id) where quantity > 0;

-- Stock and ledger are one: no line may name a location of another plant than its batch's activity, and the sum of lines is
-- the stock. This view is what the job and the tests compare.
create view trace.stock_difference as
select coalesce(s.batch_id, l.batch_id) as batch_id, coalesce(s.location_id, l.location_id) as location_id,
       coalesce(s.quantity, 0) as stock_quantity, coalesce(l.quantity, 0) as ledger_quantity
from trace.stock s
full join (select batch_id, location_id, sum(case direction when 'output' then quantity else -quantity end) as quantity
           from trace.activity_line group by batch_id, location_id) l
  on l.batch_id = s.batch_id and l.location_id = s.location_id
where coalesce(s.quantity, 0) <> coalesce(l.quantity, 0);
grant usage on schema trace to traceability_app;
grant select on trace.stock_difference to traceability_app;

select audit.cover_schema();
