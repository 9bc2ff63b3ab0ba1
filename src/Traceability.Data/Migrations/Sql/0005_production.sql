create sequence trace.bom_id_seq increment by 10;
create table trace.bom (
    id             bigint constraint pk_bom primary key default nextval('trace.bom_id_seq'),
    material_id    bigint not null constraint fk_bom_material references trace.material,
    version        integer not null constraint ck_bom_version check (version > 0),
    status         text not null constraint ck_bom_status check (status in ('draft', 'active', 'retired')),
    base_quantity  numeric(18,6) not null constraint ck_bom_base_quantity check (base_quantity > 0),
    effective_from date,
    note           text,
    constraint ux_bom_version unique (material_id, version)
);
create unique index ux_bom_active on trace.bom (material_id) where status = 'active';

create sequence trace.bom_line_id_seq increment by 10;
create table trace.bom_line (
    id          bigint constraint pk_bom_line primary key default nextval('trace.bom_line_id_seq'),
    bom_id      bigint not null constraint fk_bom_line_bom references trace.bom on delete cascade,
    sequence    integer not null,
    material_id bigint not null constraint fk_bom_line_material references trace.material,
    quantity    numeric(18,6) not null constraint ck_bom_line_quantity check (quantity > 0),
    step_number integer,
    constraint ux_bom_line_material unique (bom_id, material_id)
);
create index ix_bom_line_material on trace.bom_line (material_id);

create sequence trace.routing_id_seq increment by 10;
create table trace.routing (
    id             bigint constraint pk_routing primary key default nextval('trace.routing_id_seq'),
    material_id    bigint not null constraint fk_routing_material references trace.material,
    version        integer not null constraint ck_routing_version check (version > 0),
    status         text not null constraint ck_routing_status check (status in ('draft', 'active', 'retired')),
    effective_from date,
    note           text,
    constraint ux_routing_version unique (material_id, version)
);
create unique index ux_routing_active on trace.routing (material_id) where status = 'active';

create sequence trace.routing_step_id_seq increment by 10;
create table trace.routing_step (
    id                 bigint constraint pk_routing_step primary key default nextval('trace.routing_step_id_seq'),
    routing_id         bigint not null constraint fk_routing_step_routing references trace.routing on delete cascade,
    number             integer not null constraint ck_routing_step_number check (number > 0),
    name               text not null,
    name_en            text,
    work_center_id     bigint not null constraint fk_routing_step_work_center references trace.work_center,
    skip_rule          text not null default 'refuse' constraint ck_routing_step_skip_rule check (skip_rule in ('refuse', 'warn')),
    grain              text not null default 'order' constraint ck_routing_step_grain check (grain in ('order', 'report')),
    equipment_required boolean not null default false,
    is_key_point       boolean not null default false,
    constraint ux_routing_step_number unique (routing_id, number)
);
create index ix_routing_step_work_center on trace.routing_step (work_center_id);

create sequence trace.routing_parameter_id_seq increment by 10;
create table trace.routing_parameter (
    id              bigint constraint pk_routing_parameter primary key default nextval('trace.routing_parameter_id_seq'),
    routing_step_id bigint not null constraint fk_routing_parameter_step references trace.routing_step on delete cascade,
    sequence        integer not null,
    code            text not null,
    name            text not null,
    name_en         text,
    unit            text,
    lower_limit     numeric(18,6),
    upper_limit     numeric(18,6),
    is_required     boolean not null default true,
    constraint ux_routing_parameter_code unique (routing_step_id, code),
    constraint ck_routing_parameter_limits check (lower_limit is null or upper_limit is null or lower_limit <= upper_limit)
);

create sequence trace.work_order_id_seq increment by 10;
create table trace.work_order (
    id                    bigint constraint pk_work_order primary key default nextval('trace.work_order_id_seq'),
    plant_id              bigint not null constraint fk_work_order_plant references trace.plant,
    code                  text not null,
    material_id           bigint not null constraint fk_work_order_material references trace.material,
    quantity              numeric(18,6) not null constraint ck_work_order_quantity check (quantity > 0),
    status                text not null constraint ck_work_order_status check (status in ('draft', 'released', 'in_progress', 'completed', 'closed', 'cancelled')),
    bom_id                bigint constraint fk_work_order_bom references trace.bom,
    routing_id            bigint constraint fk_work_order_routing references trace.routing,
    responsible_person_id bigint constraint fk_work_order_responsible references trace.person,
    planned_start         timestamptz,
    planned_end           timestamptz,
    line_code             text,
    run_id                bigint constraint fk_work_order_run references trace.run,
    created_at            timestamptz not null,
    released_at           timestamptz,
    completed_at          timestamptz,
    closed_at             timestamptz,
    note                  text,
    constraint ux_work_order_code unique (plant_id, code),
    constraint ck_work_order_plan check (planned_start is null or planned_end is null or planned_start <= planned_end),
    constraint ck_work_order_released check (status in ('draft', 'cancelled') or (bom_id is not null and routing_id is not null and
        responsible_person_id is not null and planned_start is not null and planned_end is not null and run_id is not null and released_at is not null))
);
create index ix_work_order_material on trace.work_order (material_id, id);
create index ix_work_order_status on trace.work_order (plant_id, status, planned_start);

-- The snapshot of BOM and routing taken at release: later versions never change what an order was made by.
create sequence trace.work_order_material_id_seq increment by 10;
create table trace.work_order_material (
    id            bigint constraint pk_work_order_material primary key default nextval('trace.work_order_material_id_seq'),
    work_order_id bigint not null constraint fk_work_order_material_order references trace.work_order on delete cascade,
    sequence      integer not null,
    material_id   bigint not null constraint fk_work_order_material_material references trace.material,
    quantity      numeric(18,6) not null constraint ck_work_order_material_quantity check (quantity > 0),
    step_number   integer,
    constraint ux_work_order_material unique (work_order_id, material_id)
);
create index ix_work_order_material_material on trace.work_order_material (material_id);

create sequence trace.work_order_step_id_seq increment by 20;
create table trace.work_order_step (
    id                 bigint constraint pk_work_order_step primary key default nextval('trace.work_order_step_id_seq'),
    work_order_id      bigint not null constraint fk_work_order_step_order references trace.work_order on delete cascade,
    number             integer not null,
    name               text not null,
    name_en            text,
    work_center_id     bigint not null constraint fk_work_order_step_work_center references trace.work_center,
    skip_rule          text not null constraint ck_work_order_step_skip_rule check (skip_rule in ('refuse', 'warn')),
    grain              text not null constraint ck_work_order_step_grain check (grain in ('order', 'report')),
    equipment_required boolean not null,
    is_key_point       boolean not null,
    status             text not null default 'open' constraint ck_work_order_step_status check (status in ('open', 'started', 'finished')),
    constraint ux_work_order_step_number unique (work_order_id, number)
);
create index ix_work_order_step_work_center on trace.work_order_step (work_center_id);

create sequence trace.work_order_parameter_id_seq increment by 20;
create table trace.work_order_parameter (
    id                 bigint constraint pk_work_order_parameter primary key default nextval('trace.work_order_parameter_id_seq'),
    work_order_step_id bigint not null constraint fk_work_order_parameter_step references trace.work_order_step on delete cascade,
    sequence           integer not null,
    code               text not null,
    name               text not null,
    name_en            text,
    unit               text,
    lower_limit        numeric(18,6),
    upper_limit        numeric(18,6),
    is_required        boolean not null,
    constraint ux_work_order_parameter_code unique (work_order_step_id, code)
);

-- An approved deviation lets a substitute material, or one batch that a rule would refuse, through for one order.
create sequence trace.deviation_id_seq increment by 10;
create table trace.deviation (
    id            bigint constraint pk_deviation primary key default nextval('trace.deviation_id_seq'),
    plant_id      bigint not null constraint fk_deviation_plant references trace.plant,
    code          text not null,
    work_order_id bigint not null constraint fk_deviation_work_order references trace.work_order,
    material_id   bigint not null constraint fk_deviation_material references trace.material,
    batch_id      bigint constraint fk_deviation_batch references trace.batch,
    replaces_material_id bigint constraint fk_deviation_replaces references trace.material,
    max_quantity  numeric(18,6) constraint ck_deviation_quantity check (max_quantity > 0),
    reason        text not null,
    status        text not null constraint ck_deviation_status check (status in ('requested', 'approved', 'refused')),
    requested_by  bigint not null constraint fk_deviation_requested_by references trace.person,
    requested_at  timestamptz not null,
    decided_by    bigint constraint fk_deviation_decided_by references trace.person,
    decided_at    timestamptz,
    decision_note text,
    constraint ux_deviation_code unique (plant_id, code),
    constraint ck_deviation_second_person check (decided_by is null or decided_by <> requested_by)
);
create index ix_deviation_work_order on trace.deviation (work_order_id);

create sequence trace.operation_report_id_seq increment by 20;
create table trace.operation_report (
    id                 bigint constraint pk_operation_report primary key default nextval('trace.operation_report_id_seq'),
    plant_id           bigint not null constraint fk_operation_report_plant references trace.plant,
    work_order_id      bigint not null constraint fk_operation_report_order references trace.work_order,
    work_order_step_id bigint not null constraint fk_operation_report_step references trace.work_order_step,
    run_id             bigint not null constraint fk_operation_report_run references trace.run,
    status             text not null constraint ck_operation_report_status check (status in ('started', 'finished', 'reversed')),
    started_at         timestamptz not null,
    finished_at        timestamptz,
    operator_id        bigint not null constraint fk_operation_report_operator references trace.person,
    finished_by        bigint constraint fk_operation_report_finished_by references trace.person,
    equipment_id       bigint constraint fk_operation_report_equipment references trace.equipment,
    good_quantity      numeric(18,6) not null default 0 constraint ck_operation_report_good check (good_quantity >= 0),
    scrap_quantity     numeric(18,6) not null default 0 constraint ck_operation_report_scrap check (scrap_quantity >= 0),
    rework_quantity    numeric(18,6) not null default 0 constraint ck_operation_report_rework check (rework_quantity >= 0),
    has_out_of_limits  boolean not null default false,
    skipped_steps      text,
    source             text not null,
    device             text,
    note               text,
    reversed_at        timestamptz,
    reversed_by        bigint constraint fk_operation_report_reversed_by references trace.person,
    reversal_reason    text,
    constraint ck_operation_report_finished check (status = 'started' or finished_at is not null or reversed_at is not null),
    constraint ck_operation_report_reversed check (status <> 'reversed' or (reversed_at is not null and reversal_reason is not null))
);
create index ix_operation_report_order on trace.operation_report (work_order_id, id);
create index ix_operation_report_step on trace.operation_report (work_order_step_id);
create index ix_operation_report_operator on trace.operation_report (operator_id, started_at);
create index ix_operation_report_equipment on trace.operation_report (equipment_id, started_at) where equipment_id is not null;
create index ix_operation_report_started_at on trace.operation_report (plant_id, started_at);

create sequence trace.operation_parameter_id_seq increment by 20;
create table trace.operation_parameter (
    id                      bigint constraint pk_operation_parameter primary key default nextval('trace.operation_parameter_id_seq'),
    operation_report_id     bigint not null constraint fk_operation_parameter_report references trace.operation_report,
    work_order_parameter_id bigint not null constraint fk_operation_parameter_parameter references trace.work_order_parameter,
    value                   numeric(18,6) not null,
    lower_limit             numeric(18,6),
    upper_limit             numeric(18,6),
    is_within               boolean not null,
    measured_at             timestamptz not null,
    source                  text not null,
    constraint ux_operation_parameter unique (operation_report_id, work_order_parameter_id)
);
create index ix_operation_parameter_parameter on trace.operation_parameter (work_order_parameter_id);

-- Scrap and rework of a report by reason.
create sequence trace.operation_loss_id_seq increment by 20;
create table trace.operation_loss (
    id                  bigint constraint pk_operation_loss primary key default nextval('trace.operation_loss_id_seq'),
    operation_report_id bigint not null constraint fk_operation_loss_report references trace.operation_report,
    kind                text not null constraint ck_operation_loss_kind check (kind in ('scrap', 'rework')),
    reason_code_id      bigint not null constraint fk_operation_loss_reason references trace.reason_code,
    quantity            numeric(18,6) not null constraint ck_operation_loss_quantity check (quantity > 0),
    note                text
);
create index ix_operation_loss_report on trace.operation_loss (operation_report_id);

alter table trace.batch add constraint fk_batch_work_order foreign key (work_order_id) references trace.work_order;
alter table trace.run add constraint fk_run_work_order foreign key (work_order_id) references trace.work_order deferrable initially deferred;
alter table trace.run add constraint fk_run_work_order_step foreign key (work_order_step_id) references trace.work_order_step deferrable initially deferred;
alter table trace.activity add constraint fk_activity_work_order foreign key (work_order_id) references trace.work_order;
alter table trace.activity add constraint fk_activity_work_order_step foreign key (work_order_step_id) references trace.work_order_step;
alter table trace.activity add constraint fk_activity_operation_report foreign key (operation_report_id) references trace.operation_report;

select audit.cover_schema();
