import dev.migrate.it.Sample

def sample = new Sample(basedir)
sample.build(1).says(
    "public.assets: SHARE for ",
    "public.assets: ACCESS EXCLUSIVE for ",
    "rewritten, 1000 rows",
    "FAILED: ",
    "Rows with null in name of public.assets: id 400, 800",
    "REHEARSAL_FAILED",
    "The rehearsal failed; the target was not touched.")

def document = sample.json("target/rehearse.json")
assert document.failure.code == "REHEARSAL_FAILED"
def runs = document.rehearsal.runs
assert runs*.id == ["20260102000000", "20260103000000", "20260104000000"]
assert runs[0].tables[0].lock == "SHARE"
assert !runs[0].tables[0].rewritten
assert runs[1].tables[0].rewritten
assert runs[1].tables[0].rowsAfter == 1000
assert runs[2].failure.contains("null values") && runs[2].failure.contains("id 400, 800")

def page = new File(basedir, "target/rehearsal.html").text
assert page.startsWith("<!DOCTYPE html>") && page.endsWith("</body></html>\n")
assert page.contains('class="bad"') && page.contains("public.assets: ACCESS EXCLUSIVE") && page.contains("id 400, 800")
assert sample.database().applied() == ["20260101000000"]
