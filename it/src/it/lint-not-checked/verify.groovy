import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says("V20260102000000__block.sql:7:1  NOT CHECKED: a block", "1 NOT CHECKED", "LINT_FAILED")
sample.build(2).says(
    "V20260103000000__odd.sql:2:1  NOT CHECKED: PostgreSQL refused it on scratch",
    ":3:1  NOT CHECKED: not reached",
    "2 NOT CHECKED",
    "LINT_FAILED")
assert sample.json("target/lint.json").scripts[0].notChecked.size() == 2
