package io.assay.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a server of S3, counts what it is asked, and answers "slow down" where a test says
 * so. Each connection carries one request.
 */
final class S3Relay implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final Pattern CONNECTION = Pattern.compile("(?i)\r\nconnection:[^\r]*");
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private final ServerSocket door;
  private final int upstream;
  private final ExecutorService threads = Executors.newCachedThreadPool(S3Relay::thread);
  private final Map<String, Integer> counts = new TreeMap<>();
  private int requests;
  private int refused;
  private IntPredicate refuses = number -> false;

  private S3Relay(ServerSocket door, int upstream) {
    this.door = door;
    this.upstream = upstream;
  }

  static S3Relay before(S3Server server) throws IOException {
    S3Relay relay =
        new S3Relay(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), server.port());
    relay.threads.execute(relay::accept);
    return relay;
  }

  int port() {
    return door.getLocalPort();
  }

  /** Counts anew from now on, and refuses the requests with these numbers, from 1. */
  synchronized void refuse(IntPredicate numbers) {
    counts.clear();
    requests = 0;
    refused = 0;
    refuses = numbers;
  }

  synchronized int refused() {
    return refused;
  }

  /** The requests by their method. */
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  synchronized int requests() {
    return requests;
  }

  private synchronized boolean refuses(String method) {
    counts.merge(method, 1, Integer::sum);
    requests++;
    boolean refusing = refuses.test(requests);
    refused += refusing ? 1 : 0;
    return refusing;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // It was closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream()) {
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Matcher length = LENGTH.matcher(head);
      long body = length.find() ? Long.parseLong(length.group(1)) : 0;
      String method = head.substring(0, head.indexOf(' '));
      if (refuses(kind(method, head))) {
        refuse(method, out);
      } else {
        relay(head, body, in, out);
      }
    } catch (IOException e) {
      // Whoever hung up does not need an answer.
      return;
    }
  }

  private static String kind(String method, String head) {
    String target = head.substring(0, head.indexOf("\r\n"));
    return method.equals("GET") && target.contains("list-type=") ? "LIST" : method;
  }

  private void relay(String head, long body, InputStream in, OutputStream out) throws IOException {
    try (Socket server = new Socket("127.0.0.1", upstream)) {
      Future<?> answer = threads.submit(() -> copy(server, out));
      OutputStream onward = server.getOutputStream();
      String closing = CONNECTION.matcher(head).replaceAll("");
      closing = closing.substring(0, closing.length() - 2) + "Connection: close\r\n\r\n";
      onward.write(closing.getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[1 << 16];
      for (long left = body; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          return;
        }
        onward.write(buffer, 0, read);
        left -= read;
      }
      onward.flush();
      S3Relay.await(answer);
    }
  }

  private static void await(Future<?> answer) throws IOException {
    try {
      answer.get();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void copy(Socket server, OutputStream out) {
    try {
      server.getInputStream().transferTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuse(String method, OutputStream out) throws IOException {
    String body = method.equals("HEAD") ? "" : SLOW_DOWN;
    String answer =
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(body.length(), body);
    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int matched = 0; matched < HEAD_END.length; ) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      bytes.write(next);
      matched = next == HEAD_END[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "s3-relay");
    thread.setDaemon(true);
    return thread;
  }
}
