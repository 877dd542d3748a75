package io.assay.config;

import io.assay.document.Setting;
import java.util.Optional;

/** How we prove to an HTTP API who we are. One record per way; none of them shows its secret. */
public sealed interface HttpAuth
    permits HttpAuth.Basic, HttpAuth.Bearer, HttpAuth.Header, HttpAuth.Parameter, HttpAuth.Oauth2 {

  /** RFC 7617. */
  @Setting("A user and a password, sent as HTTP's own basic authentication.")
  record Basic(
      @Setting("The user's name.") String user,
      @Setting("The password, by reference.") String password)
      implements HttpAuth {
    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /** RFC 6750. */
  @Setting("A token that does not change, sent in the header Authorization.")
  record Bearer(@Setting("The token, by reference.") String token) implements HttpAuth {
    @Override
    public String toString() {
      return "Bearer[]";
    }
  }

  /** An API key in a header. */
  @Setting("An API key, sent in a header of its own.")
  record Header(
      @Setting("The header's name, such as X-API-Key.") String name,
      @Setting("The key, by reference.") String secret)
      implements HttpAuth {
    @Override
    public String toString() {
      return "Header[name=" + name + "]";
    }
  }

  /** An API key in the URL. */
  @Setting(
      "An API key, sent as a parameter of every URL. It is left out of rows, messages and the"
          + " ledger.")
  record Parameter(
      @Setting("The parameter's name, such as api_key.") String name,
      @Setting("The key, by reference.") String secret)
      implements HttpAuth {
    @Override
    public String toString() {
      return "Parameter[name=" + name + "]";
    }
  }

  /** RFC 6749, section 4.4. */
  @Setting("OAuth 2.0 with client credentials: a token is fetched, and renewed when it expires.")
  record Oauth2(
      @Setting("Where tokens are given.") String url,
      @Setting("The client's identifier.") String clientId,
      @Setting("The client's secret, by reference.") String clientSecret,
      @Setting("The scopes that are asked for, with spaces between them.") Optional<String> scope)
      implements HttpAuth {
    @Override
    public String toString() {
      return "Oauth2[url=" + Redaction.uri(url) + ", clientId=" + clientId + "]";
    }
  }
}
