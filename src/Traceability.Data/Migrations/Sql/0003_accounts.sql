-- ASP.NET Core Identity, in its own schema. Roles are sets of permissions held as data.
create sequence accounts.account_id_seq increment by 10;
create table accounts.account (
    id                     bigint constraint pk_account primary key default nextval('accounts.account_id_seq'),
    user_name              text not null,
    normalized_user_name   text not null constraint ux_account_user_name unique,
    email                  text,
    normalized_email       text,
    email_confirmed        boolean not null default false,
    password_hash          text,
    security_stamp         text not null,
    concurrency_stamp      text,
    phone_number           text,
    phone_number_confirmed boolean not null default false,
    two_factor_enabled     boolean not null default false,
    lockout_end            timestamptz,
    lockout_enabled        boolean not null default true,
    access_failed_count    integer not null default 0,
    display_name           text not null,
    person_id              bigint constraint fk_account_person references trace.person constraint ux_account_person unique,
    plant_id               bigint constraint fk_account_plant references trace.plant,
    culture                text constraint ck_account_culture check (culture in ('zh-CN', 'en')),
    must_change_password   boolean not null default false,
    is_active              boolean not null default true
);
create index ix_account_plant on accounts.account (plant_id);

create sequence accounts.role_id_seq increment by 10;
create table accounts.role (
    id                bigint constraint pk_role primary key default nextval('accounts.role_id_seq'),
    name              text not null,
    normalized_name   text not null constraint ux_role_name unique,
    concurrency_stamp text
);

create table accounts.account_role (
    account_id bigint not null constraint fk_account_role_account references accounts.account on delete cascade,
    role_id    bigint not null constraint fk_account_role_role references accounts.role,
    constraint pk_account_role primary key (account_id, role_id)
);
create index ix_account_role_role on accounts.account_role (role_id);

create table accounts.role_permission (
    role_id    bigint not null constraint fk_role_permission_role references accounts.role on delete cascade,
    permission text not null,
    constraint pk_role_permission primary key (role_id, permission)
);

-- The parts of Identity's model that two-factor sign-in and external sign-in need.
create sequence accounts.account_claim_id_seq increment by 1;
create table accounts.account_claim (
    id          integer constraint pk_account_claim primary key default nextval('accounts.account_claim_id_seq'),
    account_id  bigint not null constraint fk_account_claim_account references accounts.account on delete cascade,
    claim_type  text,
    claim_value text
);
create index ix_account_claim_account on accounts.account_claim (account_id);
create table accounts.account_login (
    login_provider        text not null,
    provider_key          text not null,
    provider_display_name text,
    account_id            bigint not null constraint fk_account_login_account references accounts.account on delete cascade,
    constraint pk_account_login primary key (login_provider, provider_key)
);
create index ix_account_login_account on accounts.account_login (account_id);
create table accounts.account_token (
    account_id     bigint not null constraint fk_account_token_account references accounts.account on delete cascade,
    login_provider text not null,
    name           text not null,
    value          text,
    constraint pk_account_token primary key (account_id, login_provider, name)
);

create sequence accounts.api_key_id_seq increment by 10;
create table accounts.api_key (
    id           bigint constraint pk_api_key primary key default nextval('accounts.api_key_id_seq'),
    account_id   bigint not null constraint fk_api_key_account references accounts.account on delete cascade,
    name         text not null,
    prefix       text not null,
    key_hash     text not null constraint ux_api_key_hash unique,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz
);
create index ix_api_key_account on accounts.api_key (account_id);

select set_config('app.actor_id', '0', true), set_config('app.actor_name', 'migration', true), set_config('app.use_case', 'system.migrate', true);
insert into accounts.role (name, normalized_name, concurrency_stamp)
select n, upper(n), gen_random_uuid()::text
from unnest(array['operator', 'warehouse', 'qc', 'qa_release', 'manager', 'auditor', 'configurator', 'administrator']) n;

insert into accounts.role_permission (role_id, permission)
select r.id, p
from (values
    ('operator',      array['ViewBatches','ViewProduction','ViewQuality','ViewMasterData','ViewTrace','ReportOperations','PrintLabels']),
    ('warehouse',     array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ReceiveMaterial','MoveInventory','AdjustInventory','IssueMaterial','PrintLabels','PlanShipments','DispatchShipments']),
    ('qc',            array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ViewDossiers','Inspect','PlaceHolds','PrintLabels','CreateDossiers']),
    ('qa_release',    array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ViewDossiers','ViewAudit','Inspect','OverrideVerdict','ReleaseBatches','PlaceHolds','ReleaseHolds','ApproveDeviations','CreateDossiers','EditInspectionPlans']),
    ('manager',       array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ViewDossiers','ViewAudit','PlanWorkOrders','ReverseReports','ApproveDeviations','PlaceHolds','PlanShipments','CreateDossiers','PrintLabels']),
    ('auditor',       array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ViewDossiers','ViewAudit','CreateDossiers']),
    ('configurator',  array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','EditMasterData','EditCodingRules','EditBomsAndRoutings','EditInspectionPlans']),
    ('administrator', array['ViewBatches','ViewProduction','ViewQuality','ViewShipments','ViewMasterData','ViewTrace','ViewDossiers','ViewAudit','EditMasterData','EditCodingRules','EditBomsAndRoutings','EditInspectionPlans','ManageUsers','ManageApiKeys'])
) as d(role, permissions)
join accounts.role r on r.name = d.role
cross join lateral unnest(d.permissions) p;

select audit.cover_schema();
