import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.says("Backed up as migrate-", "No second backup because of: 20260102000000")
sample.saysNothingOf("A backup first")
assert sample.files(~/.*\.sql\.gz/).size() == 1
