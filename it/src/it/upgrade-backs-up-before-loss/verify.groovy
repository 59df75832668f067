import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("Now at 20260101000000").saysNothingOf("Backed up")
sample.build(2).says("A backup first, because of: 20260102000000", "Backed up as upgrade_backs")
sample.build(3).says("Backed up as upgrade_backs").saysNothingOf("because of")
sample.build(4).says("A backup first, because of: 20260103000000", "at revision 20260103000000")
assert sample.files(~/.*\.sql\.gz/).size() == 3
