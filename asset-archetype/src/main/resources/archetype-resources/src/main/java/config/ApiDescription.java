package ${package}.config;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What /api/openapi says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Asset tracker")
                .version("1")
                .description(
                    "Failures are problem documents (RFC 9457). To change anything with PUT, and to"
                        + " delete an asset, send If-Match with the ETag that was read: 428 without,"
                        + " 412 when somebody else was faster."))
        .servers(List.of(new Server().url("/")));
  }
}
