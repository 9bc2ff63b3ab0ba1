-- Who else worked on an operation, and whether its report said the step was done.
alter table trace.operation_report add column completes_step boolean not null default false;

create sequence trace.operation_helper_id_seq increment by 20;
create table trace.operation_helper (
    id                  bigint constraint pk_operation_helper primary key default nextval('trace.operation_helper_id_seq'),
    operation_report_id bigint not null constraint fk_operation_helper_report references trace.operation_report,
    person_id           bigint not null constraint fk_operation_helper_person references trace.person,
    constraint ux_operation_helper unique (operation_report_id, person_id)
);
create index ix_operation_helper_person on trace.operation_helper (person_id);

-- The run of a step is looked up by the step.
create index ix_run_work_order_step on trace.run (work_order_step_id) where work_order_step_id is not null;

select audit.cover_schema();
