create sequence trace.inspection_plan_id_seq increment by 10;
create table trace.inspection_plan (
    id          bigint constraint pk_inspection_plan primary key default nextval('trace.inspection_plan_id_seq'),
    material_id bigint not null constraint fk_inspection_plan_material references trace.material,
    kind        text not null constraint ck_inspection_plan_kind check (kind in ('incoming', 'in_process', 'final')),
    version     integer not null constraint ck_inspection_plan_version check (version > 0),
    status      text not null constraint ck_inspection_plan_status check (status in ('draft', 'active', 'retired')),
    note        text,
    constraint ux_inspection_plan_version unique (material_id, kind, version)
);
create unique index ux_inspection_plan_active on trace.inspection_plan (material_id, kind) where status = 'active';

-- kind: numeric = value against limits; pass_fail = yes or no; sampling = n units, c may lie between m and M, none above M
-- (two- and three-class attributes plans of ICMSF, as in GB 29921 and GB 4789.1).
create sequence trace.characteristic_id_seq increment by 10;
create table trace.characteristic (
    id                 bigint constraint pk_characteristic primary key default nextval('trace.characteristic_id_seq'),
    inspection_plan_id bigint not null constraint fk_characteristic_plan references trace.inspection_plan on delete cascade,
    sequence           integer not null,
    code               text not null,
    name               text not null,
    name_en            text,
    kind               text not null constraint ck_characteristic_kind check (kind in ('numeric', 'pass_fail', 'sampling')),
    unit               text,
    method             text,
    lower_limit        numeric(18,6),
    upper_limit        numeric(18,6),
    sample_n           integer constraint ck_characteristic_n check (sample_n > 0),
    sample_c           integer constraint ck_characteristic_c check (sample_c >= 0),
    limit_m            numeric(18,6),
    limit_big_m        numeric(18,6),
    is_required        boolean not null default true,
    constraint ux_characteristic_code unique (inspection_plan_id, code),
    constraint ck_characteristic_limits check (lower_limit is null or upper_limit is null or lower_limit <= upper_limit),
    constraint ck_characteristic_sampling check (kind <> 'sampling' or (sample_n is not null and sample_c is not null and limit_m is not null))
);

create sequence trace.inspection_id_seq increment by 10;
create table trace.inspection (
    id                 bigint constraint pk_inspection primary key default nextval('trace.inspection_id_seq'),
    plant_id           bigint not null constraint fk_inspection_plant references trace.plant,
    code               text not null,
    batch_id           bigint not null constraint fk_inspection_batch references trace.batch,
    inspection_plan_id bigint not null constraint fk_inspection_plan references trace.inspection_plan,
    kind               text not null constraint ck_inspection_kind check (kind in ('incoming', 'in_process', 'final')),
    status             text not null constraint ck_inspection_status check (status in ('open', 'passed', 'failed')),
    created_at         timestamptz not null,
    concluded_at       timestamptz,
    inspector_id       bigint constraint fk_inspection_inspector references trace.person,
    sample_quantity    numeric(18,6),
    note               text,
    constraint ux_inspection_code unique (plant_id, code),
    constraint ck_inspection_concluded check ((status = 'open') = (concluded_at is null))
);
create index ix_inspection_batch on trace.inspection (batch_id, id);
create index ix_inspection_plan on trace.inspection (inspection_plan_id);
create index ix_inspection_status on trace.inspection (plant_id, status, id);

create sequence trace.inspection_result_id_seq increment by 20;
create table trace.inspection_result (
    id                bigint constraint pk_inspection_result primary key default nextval('trace.inspection_result_id_seq'),
    inspection_id     bigint not null constraint fk_inspection_result_inspection references trace.inspection,
    characteristic_id bigint not null constraint fk_inspection_result_characteristic references trace.characteristic,
    sample_number     integer not null default 1 constraint ck_inspection_result_sample check (sample_number > 0),
    value             numeric(18,6),
    passed            boolean,
    is_within         boolean not null,
    instrument        text,
    measured_at       timestamptz not null,
    tester_id         bigint not null constraint fk_inspection_result_tester references trace.person,
    source            text not null,
    constraint ux_inspection_result unique (inspection_id, characteristic_id, sample_number),
    constraint ck_inspection_result_value check ((value is null) <> (passed is null))
);
create index ix_inspection_result_characteristic on trace.inspection_result (characteristic_id, inspection_id);

-- Every change of a batch's quality status, by rule or by person.
create sequence trace.quality_decision_id_seq increment by 10;
create table trace.quality_decision (
    id               bigint constraint pk_quality_decision primary key default nextval('trace.quality_decision_id_seq'),
    plant_id         bigint not null constraint fk_quality_decision_plant references trace.plant,
    batch_id         bigint not null constraint fk_quality_decision_batch references trace.batch,
    inspection_id    bigint constraint fk_quality_decision_inspection references trace.inspection,
    from_status      text not null,
    to_status        text not null constraint ck_quality_decision_to check (to_status in ('pending', 'released', 'concession', 'rejected')),
    is_override      boolean not null default false,
    decided_by       bigint not null constraint fk_quality_decision_decided_by references trace.person,
    second_person_id bigint constraint fk_quality_decision_second_person references trace.person,
    reason           text,
    decided_at       timestamptz not null,
    constraint ck_quality_decision_override check (not is_override or (second_person_id is not null and second_person_id <> decided_by and reason is not null))
);
create index ix_quality_decision_batch on trace.quality_decision (batch_id, id);

create sequence trace.hold_id_seq increment by 10;
create table trace.hold (
    id             bigint constraint pk_hold primary key default nextval('trace.hold_id_seq'),
    plant_id       bigint not null constraint fk_hold_plant references trace.plant,
    code           text not null,
    reason_code_id bigint constraint fk_hold_reason_code references trace.reason_code,
    reason         text not null,
    cause          text not null constraint ck_hold_cause check (cause in ('person', 'inspection', 'rule', 'incident')),
    inspection_id  bigint constraint fk_hold_inspection references trace.inspection,
    root_batch_id  bigint constraint fk_hold_root_batch references trace.batch,
    scope          text not null default 'batches' constraint ck_hold_scope check (scope in ('batches', 'downstream')),
    placed_at      timestamptz not null,
    placed_by      bigint not null constraint fk_hold_placed_by references trace.person,
    released_at    timestamptz,
    released_by    bigint constraint fk_hold_released_by references trace.person,
    release_reason text,
    constraint ux_hold_code unique (plant_id, code),
    constraint ck_hold_released check ((released_at is null) = (released_by is null) and (released_at is null or release_reason is not null))
);
create index ix_hold_open on trace.hold (plant_id, id) where released_at is null;

create sequence trace.hold_batch_id_seq increment by 20;
create table trace.hold_batch (
    id          bigint constraint pk_hold_batch primary key default nextval('trace.hold_batch_id_seq'),
    hold_id     bigint not null constraint fk_hold_batch_hold references trace.hold,
    batch_id    bigint not null constraint fk_hold_batch_batch references trace.batch,
    released_at timestamptz,
    constraint ux_hold_batch unique (hold_id, batch_id)
);
create index ix_hold_batch_batch on trace.hold_batch (batch_id) where released_at is null;

select audit.cover_schema();
