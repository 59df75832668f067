import dev.migrate.it.Sample

def sample = new Sample(basedir)
assert sample.json("target/lint.json").scripts[0].ignored[0].reason == "it has ten rows"
sample.build(2).says(":2:1  warning suppression-without-reason", ":3:1  error index-not-concurrent")

return true
