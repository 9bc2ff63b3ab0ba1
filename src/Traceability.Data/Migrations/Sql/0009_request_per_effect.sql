-- One request may post several activities (what was made and what was scrapped); that it happens once is the claim's business.
alter table trace.activity drop constraint ux_activity_request_id;
create index ix_activity_request_id on trace.activity (request_id) where request_id is not null;

select audit.cover_schema();
