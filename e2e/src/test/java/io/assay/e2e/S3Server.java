package io.assay.e2e;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks S3 and keeps everything in memory, in a process of its own: its class path
 * is not Spark's. It checks signatures.
 */
final class S3Server implements AutoCloseable {
  private static final String USER = "assay";
  private static final String SECRET = "s3cret-of-assay";

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder for its settings and its log
   */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.createDirectories(folder);
    Path settings = folder.resolve("s3.properties");
    Files.write(
        settings,
        List.of(
            "s3proxy.endpoint=http://127.0.0.1:" + port,
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + USER,
            "s3proxy.credential=" + SECRET,
            "jclouds.provider=transient",
            "jclouds.identity=nobody",
            "jclouds.credential=nothing"));
    Path module = Installation.root().resolve("servers/s3");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + module.resolve("logback.xml"),
                "-cp",
                module.resolve("target/lib") + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3.log").toFile())
            .start();
    S3Server server = new S3Server(process, port);
    server.await(folder.resolve("s3.log"));
    return server;
  }

  private void await(Path log) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      try (Socket answered = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    close();
    throw new IllegalStateException("the server did not start: " + Files.readString(log));
  }

  /** The jars of Hadoop's client, as the build laid them out. */
  static String client() {
    return Installation.root().resolve("s3-client/target/jars") + "/*";
  }

  int port() {
    return port;
  }

  void createBucket(String bucket) {
    AmazonS3 client =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint(port), "us-east-1"))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials(USER, SECRET)))
            .withPathStyleAccessEnabled(true)
            .build();
    try {
      client.createBucket(bucket);
    } finally {
      client.shutdown();
    }
  }

  /** What Hadoop's client needs, by Hadoop's own names. */
  Map<String, String> options() {
    return options(port);
  }

  /** The same, by way of another port. */
  static Map<String, String> options(int port) {
    return Map.of(
        "fs.s3a.endpoint",
        endpoint(port),
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.access.key",
        USER,
        "fs.s3a.secret.key",
        SECRET);
  }

  private static String endpoint(int port) {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
