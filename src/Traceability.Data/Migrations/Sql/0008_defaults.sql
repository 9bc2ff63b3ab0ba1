-- What an empty plant needs to start: units, coding rules, reason codes. All of it can be edited.
select set_config('app.actor_id', '0', true), set_config('app.actor_name', 'migration', true), set_config('app.use_case', 'system.migrate', true);

insert into trace.unit (code, name, name_en, dimension, factor, decimals) values
    ('kg', '千克', 'kilogram', 'mass', 1, 3), ('g', '克', 'gram', 'mass', 0.001, 1), ('t', '吨', 'tonne', 'mass', 1000, 3),
    ('L', '升', 'litre', 'volume', 1, 3), ('mL', '毫升', 'millilitre', 'volume', 0.001, 1),
    ('m', '米', 'metre', 'length', 1, 2), ('pcs', '个', 'piece', 'count', 1, 0), ('can', '罐', 'can', 'count', 1, 0),
    ('box', '盒', 'box', 'count', 1, 0), ('bag', '袋', 'bag', 'count', 1, 0), ('m3', '立方米', 'cubic metre', 'volume', 1000, 2);

insert into trace.coding_rule (record_type, material_kind, pattern) values
    ('batch', null, 'R-{ITEM}-{yyMMdd}-{n2}'), ('batch', 'semi_finished', '{ITEM}-{yyMMdd}-{n}'), ('batch', 'finished', 'F-{ITEM}-{yyMMdd}-{n2}'),
    ('batch_part', null, '{PARENT}-P{n}'), ('receipt', null, 'GR-{yyMMdd}-{n3}'), ('work_order', null, 'WO-{ITEM}-{yyMMdd}-{n2}'),
    ('inspection', null, 'QC-{yyMMdd}-{n3}'), ('hold', null, 'HD-{yyMMdd}-{n2}'), ('deviation', null, 'DEV-{yy}-{n3}'),
    ('shipment', null, 'SH-{yyMMdd}-{n3}'), ('dossier', null, 'TD-{yyMMdd}-{n3}{C}');

insert into trace.reason_code (code, kind, name, name_en) values
    ('S01', 'scrap', '工艺损耗', 'Process loss'), ('S02', 'scrap', '不合格报废', 'Scrapped as nonconforming'), ('S03', 'scrap', '清场残料', 'Line clearance residue'), ('S04', 'scrap', '破损', 'Damaged'),
    ('R01', 'rework', '重量不符', 'Weight out of limits'), ('R02', 'rework', '外观不良', 'Appearance'), ('R03', 'rework', '参数超限', 'Parameter out of limits'),
    ('H01', 'hold', '检验不合格', 'Inspection failed'), ('H02', 'hold', '供应商通报', 'Supplier notice'), ('H03', 'hold', '客户投诉', 'Customer complaint'), ('H04', 'hold', '偏差调查', 'Deviation under investigation'), ('H09', 'hold', '其他', 'Other'),
    ('A01', 'adjust', '盘点差异', 'Stock count difference'), ('A02', 'adjust', '称量差异', 'Weighing difference'), ('A09', 'adjust', '其他', 'Other'),
    ('T01', 'return', '生产余料', 'Left over from production'), ('T02', 'return', '领错料', 'Wrong material issued'),
    ('V01', 'reversal', '录入错误', 'Entry error'), ('V02', 'reversal', '重复报工', 'Reported twice'), ('V09', 'reversal', '其他', 'Other'),
    ('O01', 'override', '复检合格', 'Passed on re-test'), ('O02', 'override', '让步接收', 'Accepted by concession'), ('O09', 'override', '其他', 'Other'),
    ('D01', 'deviation', '替代料', 'Substitute material'), ('D02', 'deviation', '紧急放行', 'Urgent release'), ('D09', 'deviation', '其他', 'Other');

select audit.cover_schema();
