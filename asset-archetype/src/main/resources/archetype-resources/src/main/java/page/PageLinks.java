package ${package}.page;

import ${package}.paging.Page;
import ${package}.paging.Paging;
import java.util.Arrays;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where the pages before and after are.
 *
 * @param previous null on the first page
 * @param next null on the last page
 */
public record PageLinks(String label, String previous, String next) {

  /** The page that an address asks for; the first where it makes no sense. */
  public static Paging wanted(String page) {
    return Paging.page(page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1);
  }

  /**
   * @param parameters names and values in turn; what is empty is left out
   */
  public static PageLinks of(Page<?> page, String path, String... parameters) {
    return new PageLinks(
        "Page " + page.number() + " of " + page.pages(),
        page.hasPrevious() ? address(path, page.number() - 1, parameters) : null,
        page.hasNext() ? address(path, page.number() + 1, parameters) : null);
  }

  /**
   * An address with its parameters, encoded.
   *
   * @param parameters names and values in turn; what is empty is left out
   */
  public static String address(String path, int page, String... parameters) {
    UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
    Object[] values = new Object[parameters.length / 2 + 1];
    int used = 0;
    for (int i = 0; i < parameters.length; i += 2) {
      if (!parameters[i + 1].isEmpty()) {
        address.queryParam(parameters[i], "{value}");
        values[used++] = parameters[i + 1];
      }
    }
    if (page > 1) {
      address.queryParam("page", page);
    }
    return address.encode().buildAndExpand(Arrays.copyOf(values, used)).toUriString();
  }
}
