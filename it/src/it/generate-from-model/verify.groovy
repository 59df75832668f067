import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Proven: the upgrade gives the model, the downgrade what was there before.")
sample.build(2).says("There is no difference")
assert sample.only(~/V\d+__add_colour\.sql/).text.toLowerCase().contains("add column colour text")
assert sample.only(~/U\d+__add_colour\.sql/).text.toLowerCase().contains("drop column colour")
assert sample.database().query("select column_name from information_schema.columns where table_name = 'one' order by 1") == ["colour", "id"]
