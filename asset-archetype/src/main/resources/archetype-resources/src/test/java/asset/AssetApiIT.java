package ${package}.asset;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import ${package}.testing.ApplicationTest;
import ${package}.testing.Sample;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@ApplicationTest
@DisplayName("The API of the assets")
class AssetApiIT {
  private static final String PROBLEM = "application/problem+json";

  @Autowired private MockMvc client;
  @Autowired private Sample sample;

  @Test
  @DisplayName("lists in pages")
  void listsInPages() throws Exception {
    sample.asset("Quokka one");
    sample.asset("Quokka two");

    as("vera", get("/api/assets").param("text", "quokka").param("size", "1").param("sort", "NAME"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.rows", hasSize(1)))
        .andExpect(jsonPath("$.rows[0].name").value("Quokka one"))
        .andExpect(jsonPath("$.total").value(2));
    as("vera", get("/api/assets").param("sort", "name; drop table assets"))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType(PROBLEM));
  }

  @Test
  @DisplayName("creates, and says where")
  void creates() throws Exception {
    as("maria", json(post("/api/assets"), body(Sample.tag(), "Lamp")))
        .andExpect(status().isCreated())
        .andExpect(header().string("Location", containsString("/api/assets/")))
        .andExpect(header().string("ETag", "\"0\""))
        .andExpect(jsonPath("$.status").value("in_stock"));
  }

  @Test
  @DisplayName("tells everything that is wrong at once, with the fields")
  void tellsEverythingThatIsWrong() throws Exception {
    as("maria", json(post("/api/assets"), body("nb 1", " ")))
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().contentType(PROBLEM))
        .andExpect(jsonPath("$.errors[*].field", hasItem("tag")))
        .andExpect(jsonPath("$.errors[*].field", hasItem("name")));
    String taken = sample.asset("First").tag();
    as("maria", json(post("/api/assets"), body(taken, "Second")))
        .andExpect(status().isUnprocessableContent())
        .andExpect(jsonPath("$.errors[0].field").value("tag"))
        .andExpect(jsonPath("$.detail").value("Another asset has this tag."));
    as("maria", json(post("/api/assets"), "{"))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType(PROBLEM));
    as("maria", json(post("/api/assets"), "{\"colour\":\"red\"}")).andExpect(status().isBadRequest());
    as("vera", get("/api/assets/999999999"))
        .andExpect(status().isNotFound())
        .andExpect(content().contentType(PROBLEM));
  }

  @Test
  @DisplayName("changes and deletes only the version that was read")
  void changesOnlyTheVersionThatWasRead() throws Exception {
    Asset asset = sample.asset("Desk");
    String path = "/api/assets/" + asset.id();
    String body = body(asset.tag(), "Standing desk");

    as("maria", json(put(path), body)).andExpect(status().isPreconditionRequired());
    as("maria", json(put(path), body).header("If-Match", "\"0\""))
        .andExpect(status().isOk())
        .andExpect(header().string("ETag", "\"1\""));
    as("maria", json(put(path), body).header("If-Match", "\"0\""))
        .andExpect(status().isPreconditionFailed())
        .andExpect(content().contentType(PROBLEM))
        .andExpect(jsonPath("$.version").value(1));
    as("maria", delete(path).header("If-Match", "\"0\"")).andExpect(status().isPreconditionFailed());
    as("maria", delete(path).header("If-Match", "\"1\"")).andExpect(status().isNoContent());
  }

  @Test
  @DisplayName("checks out and in, once")
  void checksOutAndIn() throws Exception {
    Asset asset = sample.asset("Camera");
    String person = "{\"personId\":" + sample.person("Lea Brunner").id() + "}";
    String path = "/api/assets/" + asset.id();

    as("maria", json(post(path + "/check-out"), "{}")).andExpect(status().isUnprocessableContent());
    as("maria", json(post(path + "/check-out"), person))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.person").value("Lea Brunner"));
    as("maria", json(post(path + "/check-out"), person)).andExpect(status().isConflict());
    as("maria", post(path + "/check-in")).andExpect(status().isOk());
    as("maria", post(path + "/check-in")).andExpect(status().isConflict());
    as("vera", get(path + "/assignments")).andExpect(jsonPath("$", hasSize(1)));
    as("vera", get(path + "/audit"))
        .andExpect(jsonPath("$[0].changedBy").value("maria"))
        .andExpect(jsonPath("$[0].table").value("assets"));
  }

  @Test
  @DisplayName("lets in who may, and nobody from another site")
  void letsInWhoMay() throws Exception {
    client.perform(get("/api/assets")).andExpect(status().isUnauthorized());
    as("vera", json(post("/api/assets"), body(Sample.tag(), "Lamp")))
        .andExpect(status().isForbidden());
    as(
            "maria",
            json(post("/api/assets"), body(Sample.tag(), "Lamp"))
                .header("Sec-Fetch-Site", "cross-site"))
        .andExpect(status().isForbidden())
        .andExpect(content().contentType(PROBLEM));
    as(
            "maria",
            post("/api/assets").contentType(MediaType.TEXT_PLAIN).content(body(Sample.tag(), "A")))
        .andExpect(status().isUnsupportedMediaType());
  }

  @Test
  @DisplayName("changes people, categories and places only in the version that was read")
  void changesOtherThingsOnlyInTheVersionThatWasRead() throws Exception {
    String person = "/api/people/" + sample.person("Eva Graf").id();
    String named = "{\"fullName\":\"Eva Frei\",\"email\":\"%s@example.com\"}".formatted(Sample.tag());
    String category = "/api/categories/" + sample.category("Toys", null).id();
    String kind =
        "{\"name\":\"Toys %s\",\"tagPrefix\":\"%s\"}"
            .formatted(Sample.tag(), sample.category("x", null).tagPrefix() + "Q");
    String place = "/api/locations/" + sample.location("Shed").id();
    String where = "{\"name\":\"Shed %s\"}".formatted(Sample.tag());
    for (String[] one :
        new String[][] {{person, named}, {category, kind}, {place, where}}) {
      as("vera", get(one[0])).andExpect(header().string("ETag", "\"0\""));
      as("maria", json(put(one[0]), one[1])).andExpect(status().isPreconditionRequired());
      as("maria", json(put(one[0]), one[1]).header("If-Match", "\"0\""))
          .andExpect(status().isOk())
          .andExpect(header().string("ETag", "\"1\""));
      as("maria", json(put(one[0]), one[1]).header("If-Match", "\"0\""))
          .andExpect(status().isPreconditionFailed())
          .andExpect(jsonPath("$.version").value(1));
    }
  }

  @Test
  @DisplayName("refuses what the database cannot store")
  void refusesWhatTheDatabaseCannotStore() throws Exception {
    as("maria", json(post("/api/assets"), body(Sample.tag(), "a\\u0000b")))
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().contentType(PROBLEM))
        .andExpect(jsonPath("$.detail").value("The database cannot store these values."));
    as("vera", get("/api/people").param("text", "\0"))
        .andExpect(status().isUnprocessableContent())
        .andExpect(content().contentType(PROBLEM));
  }

  @Test
  @DisplayName("is described beside it")
  void isDescribed() throws Exception {
    as("vera", get("/api/openapi"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.info.title").value("Asset tracker"))
        .andExpect(jsonPath("$.paths['/api/assets/{id}'].put").exists())
        .andExpect(jsonPath("$.paths['/api/people'].get").exists())
        .andExpect(jsonPath("$.paths['/api/maintenance/{id}/completion'].post").exists())
        .andExpect(jsonPath("$.components.schemas.AssetDraft.properties.tag").exists());
  }

  private ResultActions as(String user, MockHttpServletRequestBuilder request) throws Exception {
    return client.perform(request.with(httpBasic(user, "secret")));
  }

  private static MockHttpServletRequestBuilder json(
      MockHttpServletRequestBuilder request, String body) {
    return request.contentType(MediaType.APPLICATION_JSON).content(body);
  }

  private static String body(String tag, String name) {
    return "{\"tag\":\"%s\",\"name\":\"%s\"}".formatted(tag, name);
  }
}
