-- Schemas, the application's role, the audit trail, idempotency.
create schema trace;
create schema accounts;
create schema audit;

-- The audit trail. Written by the database itself, in the writer's transaction; nobody but these functions can write it.
create table audit.entry (
    id          bigint generated always as identity constraint pk_audit_entry primary key,
    recorded_at timestamptz not null default clock_timestamp(),
    occurred_at timestamptz not null,
    xid         xid8 not null default pg_current_xact_id(),
    actor_id    bigint not null,
    actor_name  text not null,
    use_case    text not null,
    device      text,
    request_id  text,
    reason      text,
    table_name  text not null,
    row_id      bigint,
    action      text not null constraint ck_audit_entry_action check (action in ('insert', 'update', 'delete')),
    old_values  jsonb,
    new_values  jsonb
);
create index ix_audit_entry_row on audit.entry (table_name, row_id, id);
create index ix_audit_entry_recorded_at on audit.entry using brin (recorded_at);
create index ix_audit_entry_actor on audit.entry (actor_id, id);

-- One row per changed row: for an update only the columns that changed. The trigger's arguments name columns never to be
-- copied (file contents, password hashes).
create function audit.record_change() returns trigger
language plpgsql security definer set search_path = pg_catalog, audit as $$
declare
    actor    text := nullif(current_setting('app.actor_id', true), '');
    use_case text := nullif(current_setting('app.use_case', true), '');
    before   jsonb;
    after    jsonb;
    col      text;
begin
    if actor is null or use_case is null then
        raise exception 'A write to %.% needs an actor and a use case.', tg_table_schema, tg_table_name
            using errcode = 'TR001';
    end if;
    if tg_op <> 'INSERT' then before := to_jsonb(old); end if;
    if tg_op <> 'DELETE' then after := to_jsonb(new); end if;
    if tg_nargs > 0 then
        foreach col in array tg_argv loop
            if before ? col then before := jsonb_set(before, array[col], '"…"'); end if;
            if after ? col then after := jsonb_set(after, array[col], '"…"'); end if;
        end loop;
    end if;
    if tg_op = 'UPDATE' then
        if before = after then return null; end if;
        select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, after -> b.key)
            into before, after
            from jsonb_each(before) b
            where b.value is distinct from after -> b.key;
    end if;
    insert into audit.entry (occurred_at, actor_id, actor_name, use_case, device, request_id, reason,
                             table_name, row_id, action, old_values, new_values)
    values (coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp()),
            actor::bigint, current_setting('app.actor_name'), use_case,
            nullif(current_setting('app.device', true), ''), nullif(current_setting('app.request_id', true), ''),
            nullif(current_setting('app.reason', true), ''),
            tg_table_schema || '.' || tg_table_name,
            case when tg_op = 'DELETE' then (to_jsonb(old) ->> 'id')::bigint else (to_jsonb(new) ->> 'id')::bigint end,
            lower(tg_op), before, after);
    return null;
end $$;

create function audit.refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception '%.% is append-only: % is refused.', tg_table_schema, tg_table_name, tg_op using errcode = 'TR002';
end $$;

create trigger append_only before update or delete on audit.entry for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.entry for each statement execute function audit.refuse_change();

-- Called at the end of every migration: every table is audited and refuses TRUNCATE; the application's role gets exactly
-- the rights it needs (never DDL, never a change to the ledger or the audit trail).
create function audit.cover_schema() returns void
language plpgsql as $$
declare
    t record;
begin
    for t in select schemaname, tablename from pg_tables
             where schemaname in ('trace', 'accounts') and tablename not in ('request', 'coding_sequence') loop
        if not exists (select 1 from pg_trigger where tgname = 'audit_change' and tgrelid = format('%I.%I', t.schemaname, t.tablename)::regclass) then
            execute format('create trigger audit_change after insert or update or delete on %I.%I for each row execute function audit.record_change(%s)',
                t.schemaname, t.tablename,
                case when t.tablename = 'stored_file' then quote_literal('content')
                     when t.tablename = 'account' then '''password_hash'', ''security_stamp'', ''concurrency_stamp'''
                     when t.tablename = 'api_key' then quote_literal('key_hash') else '' end);
            execute format('create trigger no_truncate before truncate on %I.%I for each statement execute function audit.refuse_change()',
                t.schemaname, t.tablename);
        end if;
        execute format('grant select, insert, update, delete on %I.%I to traceability_app', t.schemaname, t.tablename);
    end loop;
    grant usage on schema trace, accounts, audit to traceability_app;
    grant select on audit.entry to traceability_app;
    grant usage, select on all sequences in schema trace, accounts to traceability_app;
    if to_regclass('trace.activity') is not null then
        revoke update, delete on trace.activity, trace.activity_line from traceability_app;
    end if;
    if to_regclass('trace.request') is not null then
        grant select, insert, update, delete on trace.request, trace.coding_sequence to traceability_app;
    end if;
end $$;

-- Idempotency: the claim and the answer of a request, in the same transaction as its effect.
create table trace.request (
    request_id  text constraint pk_request primary key constraint ck_request_id_length check (length(request_id) between 1 and 200),
    actor_id    bigint not null,
    use_case    text not null,
    hash        text,
    response    jsonb,
    recorded_at timestamptz not null default clock_timestamp()
);
create index ix_request_recorded_at on trace.request using brin (recorded_at);

-- Coding rules: every printed code comes from one.
create sequence trace.coding_rule_id_seq increment by 10;
create table trace.coding_rule (
    id            bigint constraint pk_coding_rule primary key default nextval('trace.coding_rule_id_seq'),
    record_type   text not null,
    material_kind text,
    pattern       text not null,
    is_active     boolean not null default true
);
create unique index ux_coding_rule_scope on trace.coding_rule (record_type, coalesce(material_kind, '')) where is_active;

create table trace.coding_sequence (
    coding_rule_id bigint not null constraint fk_coding_sequence_rule references trace.coding_rule,
    plant_id       bigint not null,
    scope          text not null,
    last_value     bigint not null constraint ck_coding_sequence_value check (last_value >= 0),
    constraint pk_coding_sequence primary key (coding_rule_id, plant_id, scope)
);
