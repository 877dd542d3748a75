package io.assay.bronze.http;

import io.assay.bronze.record.BoundedBytes;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Takes an answer's body, of which only so much is kept. */
final class BoundedBody implements HttpResponse.BodySubscriber<BoundedBytes> {
  private final CompletableFuture<BoundedBytes> whole = new CompletableFuture<>();
  private final BoundedBytes bytes;

  BoundedBody(long limit) {
    this.bytes = new BoundedBytes(limit);
  }

  @Override
  public CompletionStage<BoundedBytes> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    parts.forEach(bytes::add);
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes);
  }
}
