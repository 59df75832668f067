import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Created src/main/database/schema.sql", "the model gives what the revisions give")
assert new File(basedir, "src/main/database/schema.sql").text.contains("CREATE TABLE public.one (")
sample.build(2).says("There is no difference", "Everything is there already")

return true
