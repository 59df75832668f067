import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Backed up as backups_kept", "at revision 20260101000000")
sample.build(2).says("at revision 20260102000000", "not verified").saysNothingOf(sample.database().password())
assert sample.files(~/.*\.sql\.gz/).size() == 2
