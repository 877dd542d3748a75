package io.assay.config;

import io.assay.document.Setting;

/** How an HTTP API tells the next page. One record per way. */
public sealed interface HttpPaging permits HttpPaging.Cursor, HttpPaging.Page, HttpPaging.Link {

  /** A value in the answer names the next page. */
  @Setting("A value in each answer names the next page; the last answer has none.")
  record Cursor(
      @Setting("The parameter that takes it.") String parameter,
      @Setting("Where it stands in the answer, such as meta.next; data.-1.id is the last record's.")
          String at)
      implements HttpPaging {}

  /** Pages are counted. */
  @Setting("Pages are counted, until one has no records.")
  record Page(
      @Setting("The parameter that takes the number.") String parameter,
      @Setting(value = "The first page's number.", otherwise = "1") long first,
      @Setting(
              value =
                  "What is added for the next page: more than 1 where the parameter is an offset in"
                      + " records.",
              otherwise = "1")
          long step)
      implements HttpPaging {}

  /** RFC 8288. */
  @Setting("The header Link names the next page.")
  record Link(
      @Setting("The relation, normally next, of the header Link that has the next page's URL.")
          String link)
      implements HttpPaging {}
}
