package io.smollama.mqtt;

import io.smollama.core.MessageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys of TLS, from files as OpenSSL writes them. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("(?s)-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  private PemFiles() {}

  /** Trusts whom these certificates vouch for, and nobody else. */
  static TrustManagerFactory trust(Path file) {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, "as mqtt.ca_file", e);
    }
  }

  /** Shows a certificate to who asks for one. */
  static KeyManagerFactory identity(Path certificate, Path key) {
    try {
      PrivateKey secret = key(key);
      KeyStore store = empty();
      store.setKeyEntry(
          "node", secret, NO_PASSWORD, certificates(certificate).toArray(Certificate[]::new));
      var identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      identity.init(store, NO_PASSWORD);
      return identity;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(certificate, "as mqtt.client_cert", e);
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("it holds no certificate");
      }
      return found;
    }
  }

  private static PrivateKey key(Path file) {
    try {
      Matcher pem = KEY.matcher(Files.readString(file));
      if (!pem.find()) {
        throw new IOException(
            "it holds no PKCS#8 key; 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW' makes one");
      }
      var form = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
      for (String kind : List.of("RSA", "EC")) {
        try {
          return KeyFactory.getInstance(kind).generatePrivate(form);
        } catch (InvalidKeySpecException e) {
          continue; // of another kind
        }
      }
      return KeyFactory.getInstance("EdDSA").generatePrivate(form);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(file, "as mqtt.client_key", e);
    }
  }

  private static MessageException unusable(Path file, String use, Exception cause) {
    String why =
        cause instanceof java.nio.file.NoSuchFileException ? "there is none" : cause.getMessage();
    return new MessageException(
        file.toString(), "this file cannot be used %s: %s".formatted(use, why), false, cause);
  }
}
