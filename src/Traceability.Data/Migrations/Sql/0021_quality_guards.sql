-- What nobody may change is kept by the database itself, whichever way a write comes.
alter table trace.quality_decision add column by_rule boolean not null default false;
create trigger append_only before update or delete on trace.quality_decision for each row execute function audit.refuse_change();

create function trace.refuse_change_of_concluded() returns trigger
language plpgsql set search_path = pg_catalog, trace as $$
declare
    inspection bigint;
begin
    if tg_table_name = 'inspection' then
        if old.status <> 'open' then
            raise exception 'Inspection % is concluded: % is refused.', old.code, tg_op using errcode = 'TR003';
        end if;
    else
        if tg_op = 'INSERT' then inspection := new.inspection_id; else inspection := old.inspection_id; end if;
        if exists (select 1 from trace.inspection i where i.id = inspection and i.status <> 'open') then
            raise exception 'Inspection % is concluded: % of a result is refused.', inspection, tg_op using errcode = 'TR003';
        end if;
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create trigger concluded before update or delete on trace.inspection for each row execute function trace.refuse_change_of_concluded();
create trigger concluded before insert or update or delete on trace.inspection_result for each row execute function trace.refuse_change_of_concluded();

-- Lists of what waits.
create index ix_batch_pending on trace.batch (plant_id, id) where quality_status = 'pending';
create index ix_batch_on_hold on trace.batch (plant_id, id) where hold_count > 0;
create index ix_hold_inspection on trace.hold (inspection_id) where inspection_id is not null;

select audit.cover_schema();
