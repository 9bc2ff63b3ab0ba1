create sequence trace.plant_id_seq increment by 10;
create table trace.plant (
    id        bigint constraint pk_plant primary key default nextval('trace.plant_id_seq'),
    code      text not null constraint ux_plant_code unique,
    name      text not null,
    name_en   text,
    time_zone text not null,
    is_active boolean not null default true
);

create sequence trace.unit_id_seq increment by 10;
create table trace.unit (
    id        bigint constraint pk_unit primary key default nextval('trace.unit_id_seq'),
    code      text not null constraint ux_unit_code unique,
    name      text not null,
    name_en   text,
    dimension text not null constraint ck_unit_dimension check (dimension in ('mass', 'volume', 'length', 'count', 'time', 'other')),
    factor    numeric(18,6) not null constraint ck_unit_factor check (factor > 0),
    decimals  integer not null default 3 constraint ck_unit_decimals check (decimals between 0 and 6)
);
comment on column trace.unit.factor is 'How many of the dimension''s base unit (kg, L, m, piece, s) one of this unit is.';

create sequence trace.material_id_seq increment by 10;
create table trace.material (
    id                   bigint constraint pk_material primary key default nextval('trace.material_id_seq'),
    code                 text not null constraint ux_material_code unique,
    short_code           text not null,
    name                 text not null,
    name_en              text,
    specification        text,
    kind                 text not null constraint ck_material_kind check (kind in ('raw', 'packaging', 'auxiliary', 'semi_finished', 'finished')),
    unit_id              bigint not null constraint fk_material_unit references trace.unit,
    tracking             text not null constraint ck_material_tracking check (tracking in ('batch', 'serial')),
    shelf_life_days      integer constraint ck_material_shelf_life check (shelf_life_days > 0),
    incoming_inspection  boolean not null default false,
    final_inspection     boolean not null default false,
    certificate_required boolean not null default false,
    is_active            boolean not null default true
);
create index ix_material_unit on trace.material (unit_id);

create sequence trace.material_unit_id_seq increment by 10;
create table trace.material_unit (
    id          bigint constraint pk_material_unit primary key default nextval('trace.material_unit_id_seq'),
    material_id bigint not null constraint fk_material_unit_material references trace.material on delete cascade,
    unit_id     bigint not null constraint fk_material_unit_unit references trace.unit,
    factor      numeric(18,6) not null constraint ck_material_unit_factor check (factor > 0),
    constraint ux_material_unit unique (material_id, unit_id)
);
comment on column trace.material_unit.factor is 'How many stock units of the material one of this unit is (1 bag = 25 kg: 25).';

create sequence trace.supplier_id_seq increment by 10;
create table trace.supplier (
    id        bigint constraint pk_supplier primary key default nextval('trace.supplier_id_seq'),
    code      text not null constraint ux_supplier_code unique,
    name      text not null,
    name_en   text,
    contact   text,
    phone     text,
    email     text,
    status    text not null default 'approved' constraint ck_supplier_status check (status in ('approved', 'suspended')),
    is_active boolean not null default true
);

create sequence trace.customer_id_seq increment by 10;
create table trace.customer (
    id        bigint constraint pk_customer primary key default nextval('trace.customer_id_seq'),
    code      text not null constraint ux_customer_code unique,
    name      text not null,
    name_en   text,
    contact   text,
    phone     text,
    email     text,
    address   text,
    is_active boolean not null default true
);

create sequence trace.location_id_seq increment by 10;
create table trace.location (
    id        bigint constraint pk_location primary key default nextval('trace.location_id_seq'),
    plant_id  bigint not null constraint fk_location_plant references trace.plant,
    code      text not null,
    name      text not null,
    name_en   text,
    kind      text not null constraint ck_location_kind check (kind in ('warehouse', 'line', 'quarantine', 'shipping')),
    is_active boolean not null default true,
    constraint ux_location_code unique (plant_id, code)
);

create sequence trace.work_center_id_seq increment by 10;
create table trace.work_center (
    id          bigint constraint pk_work_center primary key default nextval('trace.work_center_id_seq'),
    plant_id    bigint not null constraint fk_work_center_plant references trace.plant,
    code        text not null,
    name        text not null,
    name_en     text,
    location_id bigint not null constraint fk_work_center_location references trace.location,
    is_active   boolean not null default true,
    constraint ux_work_center_code unique (plant_id, code)
);
create index ix_work_center_location on trace.work_center (location_id);
comment on column trace.work_center.location_id is 'The line-side location where material issued to this work centre stands.';

create sequence trace.equipment_id_seq increment by 10;
create table trace.equipment (
    id             bigint constraint pk_equipment primary key default nextval('trace.equipment_id_seq'),
    plant_id       bigint not null constraint fk_equipment_plant references trace.plant,
    work_center_id bigint not null constraint fk_equipment_work_center references trace.work_center,
    code           text not null,
    name           text not null,
    name_en        text,
    status         text not null default 'available' constraint ck_equipment_status check (status in ('available', 'maintenance', 'blocked')),
    is_active      boolean not null default true,
    constraint ux_equipment_code unique (plant_id, code)
);
create index ix_equipment_work_center on trace.equipment (work_center_id);

create sequence trace.reason_code_id_seq increment by 10;
create table trace.reason_code (
    id        bigint constraint pk_reason_code primary key default nextval('trace.reason_code_id_seq'),
    code      text not null,
    kind      text not null constraint ck_reason_code_kind check (kind in ('scrap', 'rework', 'hold', 'adjust', 'return', 'reversal', 'override', 'deviation')),
    name      text not null,
    name_en   text,
    is_active boolean not null default true,
    constraint ux_reason_code unique (kind, code)
);

create sequence trace.person_id_seq increment by 10;
create table trace.person (
    id        bigint constraint pk_person primary key default nextval('trace.person_id_seq'),
    plant_id  bigint not null constraint fk_person_plant references trace.plant,
    code      text not null,
    name      text not null,
    name_en   text,
    team      text,
    email     text,
    is_active boolean not null default true,
    constraint ux_person_code unique (code)
);
create index ix_person_plant on trace.person (plant_id);

select audit.cover_schema();
