import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(2).says("RESTORE_REFUSED", "is not empty", "-Dmigrate.force=true")
sample.build(3).says(
    "Restored restore_after_damage", "at revision 20260101000000", "What was there before is the database", "Current: 20260101000000")
assert sample.database().query("select count(*) from assets") == ["1000"]
assert sample.database().applied() == ["20260101000000"]
