package io.assay.app.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The shop's customers and how they change. Once a day a row is lost on its way: the move of the
 * day's best customer is delivered two days late, after the promotion that followed it.
 */
final class CustomerBase {
  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada",
          "Amir",
          "Beatrice",
          "Chidi",
          "Clara",
          "Dev",
          "Elif",
          "Emma",
          "Farah",
          "George",
          "Grace",
          "Hamza",
          "Hannah",
          "Ivan",
          "Jade",
          "Kofi",
          "Lena",
          "Mei",
          "Noor",
          "Oscar",
          "Priya",
          "Rosa",
          "Samuel",
          "Tom",
          "Yara",
          "Zoe");
  private static final List<String> LAST_NAMES =
      List.of(
          "Adeyemi", "Baker", "Chen", "Davies", "Evans", "Fraser", "Garcia", "Hughes", "Iqbal",
          "Jones", "Khan", "Lewis", "Morgan", "Nowak", "Okafor", "Patel", "Quinn", "Roberts",
          "Singh", "Taylor", "Usman", "Walker", "Young");
  static final List<String> CITIES =
      List.of(
          "London",
          "Birmingham",
          "Leeds",
          "Glasgow",
          "Sheffield",
          "Manchester",
          "Bristol",
          "York",
          "Cardiff",
          "Norwich",
          "Dundee",
          "Exeter");
  private static final List<String> TIERS = List.of("standard", "standard", "standard", "silver");

  private final RandomGenerator random;
  private final Zipf frequency;
  private final Zipf cities = new Zipf(CITIES.size(), 0.8);
  private final List<CustomerChange> current = new ArrayList<>();
  private final Set<Integer> gone = new HashSet<>();
  private final Set<String> withOrders = new HashSet<>();
  private final List<CustomerChange> promotions = new ArrayList<>();
  private final List<CustomerChange> lost = new ArrayList<>();

  CustomerBase(RandomGenerator random, int size) {
    this.random = random;
    this.frequency = new Zipf(size, 0.5);
  }

  /** Everybody registers, some time in the quarter before the first day. */
  List<CustomerChange> open(LocalDate first, int size) {
    for (int index = 0; index < size; index++) {
      current.add(registered(first.minusDays(1 + random.nextInt(90)).atTime(time())));
    }
    return List.copyOf(current);
  }

  /** A day's changes as they are delivered that day; the late ones are those made before it. */
  List<CustomerChange> change(LocalDate date, int size) {
    List<CustomerChange> changes = new ArrayList<>();
    lost.stream()
        .filter(change -> !change.at().isAfter(date.minusDays(1).atStartOfDay()))
        .forEach(changes::add);
    lost.removeAll(changes);
    changes.addAll(promotions);
    promotions.clear();
    Set<Integer> touched = new HashSet<>();
    for (int count = 0; count < Math.max(1, size / 100); count++) {
      CustomerChange newcomer = registered(date.atTime(time()));
      current.add(newcomer);
      changes.add(newcomer);
    }
    for (int count = 0; count < Math.max(2, size / 50); count++) {
      ordinary(touched).ifPresent(index -> changes.add(moved(index, date)));
    }
    for (int count = 0; count < Math.max(1, size / 200); count++) {
      ordinary(touched).ifPresent(index -> changes.add(left(index, date)));
    }
    return changes;
  }

  /** A customer who orders today; regulars are drawn more often. */
  CustomerChange drawBuyer() {
    int index = frequency.draw(random);
    while (gone.contains(index)) {
      index = frequency.draw(random);
    }
    withOrders.add(current.get(index).id());
    return current.get(index);
  }

  /**
   * The day's best customer moved at noon, and the row is lost; next morning they are promoted, and
   * that row, which knows the new city, arrives in time.
   */
  void best(String id, LocalDate date) {
    int index = Integer.parseInt(id.substring(1)) - 1;
    CustomerChange moved = current.get(index).movedTo(anotherCity(index), date.atTime(12, 0));
    CustomerChange promoted = moved.promotedTo("gold", date.plusDays(1).atTime(10, 0));
    lost.add(moved);
    promotions.add(promoted);
    current.set(index, promoted);
  }

  /** Whether the customer can be the day's best: once only, and not changed that day. */
  boolean mayBeBest(String id, LocalDate date) {
    CustomerChange customer = current.get(Integer.parseInt(id.substring(1)) - 1);
    return !customer.tier().equals("gold") && customer.at().isBefore(date.atStartOfDay());
  }

  /** Somebody unremarkable, who has no order yet and was not touched today. */
  private Optional<Integer> ordinary(Set<Integer> touched) {
    for (int attempt = 0; attempt < 100; attempt++) {
      int index = random.nextInt(current.size());
      if (!gone.contains(index)
          && !withOrders.contains(current.get(index).id())
          && touched.add(index)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private CustomerChange moved(int index, LocalDate date) {
    CustomerChange moved = current.get(index).movedTo(anotherCity(index), date.atTime(time()));
    current.set(index, moved);
    return moved;
  }

  private CustomerChange left(int index, LocalDate date) {
    gone.add(index);
    return current.get(index).gone(date.atTime(time()));
  }

  private String anotherCity(int index) {
    String city = current.get(index).city();
    while (city.equals(current.get(index).city())) {
      city = CITIES.get(random.nextInt(CITIES.size()));
    }
    return city;
  }

  private CustomerChange registered(LocalDateTime at) {
    String first = FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()));
    String last = LAST_NAMES.get(random.nextInt(LAST_NAMES.size()));
    int number = current.size() + 1;
    return new CustomerChange(
        "C%05d".formatted(number),
        first,
        last,
        "%s.%s%d@example.com".formatted(first, last, number).toLowerCase(Locale.ROOT),
        CITIES.get(cities.draw(random)),
        TIERS.get(random.nextInt(TIERS.size())),
        at,
        false);
  }

  private LocalTime time() {
    return LocalTime.of(8 + random.nextInt(14), random.nextInt(60), random.nextInt(60));
  }
}
