import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("colour")
sample.build(2).says("colour", "DIFFERENT", "What to do: ")

return true
