package io.assay.bronze.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.assay.config.Source.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageValuesTest {
  private static final MessageValues TEXT = values(MessageFormat.TEXT);

  private static MessageValues values(MessageFormat format) {
    return new MessageValues(new MessageRules(format, "", 2000, 5), number -> Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void badBytesAreSpelledOutAndTheRestIsKept() {
    byte[] mixed = {'a', (byte) 0xE9, 'b', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF, (byte) 0xE2};
    assertThat(TEXT.read(mixed))
        .isEqualTo(Message.bad("undecodable bytes: not UTF-8", "a\\xE9b\u00e9\\xFF\\xE2"));
    // The sign for bad bytes may itself have been sent.
    assertThat(TEXT.read(bytes("\uFFFD \ud83d\ude00")))
        .isEqualTo(Message.good("\uFFFD \ud83d\ude00"));
    assertThat(TEXT.read(bytes(""))).isEqualTo(Message.good(""));
    assertThat(TEXT.read(null)).isEqualTo(Message.bad("no value", null));
  }

  @Test
  void aValueOverTheLimitIsKnownByItsSizeItsHashAndItsBeginning() {
    assertThat(TEXT.read(bytes("x".repeat(2000))).problem()).isNull();

    Message over = TEXT.read(bytes("x".repeat(1023) + "\u00e9".repeat(600)));

    assertThat(over.text()).isNull();
    assertThat(over.problem()).isEqualTo("record over 2000 bytes");
    assertThat(over.raw())
        .startsWith("{\"bytes\":2223,\"sha256\":\"")
        .endsWith("\"start\":\"" + "x".repeat(1023) + "\"}");
  }

  @Test
  void aDocumentIsKeptDigitForDigitAndMustBeOneWithinItsDepth() {
    MessageValues json = values(MessageFormat.JSON);
    assertThat(json.read(bytes(" {\"n\": 1.10, \"n\": 2} ")))
        .isEqualTo(Message.good(" {\"n\": 1.10, \"n\": 2} "));
    assertThat(json.read(bytes("{} {}")).problem()).startsWith("malformed JSON near character");
    Message deep = json.read(bytes("[[[[[[]]]]]]"));
    assertThat(deep.problem()).isEqualTo("nested deeper than 5 levels");
    assertThat(deep.raw()).startsWith("{\"bytes\":12,");
  }
}
