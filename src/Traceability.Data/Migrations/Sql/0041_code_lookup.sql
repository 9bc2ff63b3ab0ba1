-- Codes are found whatever their case and spaces: the supplier's batch number, the delivery note, the customer's reference.
create index ix_batch_supplier_batch_code_bare on trace.batch (replace(upper(supplier_batch_code), ' ', '')) where supplier_batch_code is not null;
create index ix_receipt_delivery_note_bare on trace.receipt (replace(upper(delivery_note), ' ', '')) where delivery_note is not null;
create index ix_shipment_reference_bare on trace.shipment (replace(upper(reference), ' ', '')) where reference is not null;
create index ix_receipt_code_upper on trace.receipt (upper(code));
create index ix_work_order_code_upper on trace.work_order (upper(code));
create index ix_shipment_code_upper on trace.shipment (upper(code));
create index ix_dossier_code_upper on trace.dossier (upper(code));

select audit.cover_schema();
