package io.assay.config;

import io.assay.document.Setting;

/** When a batch is held although no batch rule failed. */
public record Gate(
    @Setting(
            value =
                "The greatest share of a batch's events that may go to quarantine; with more the"
                    + " batch is held.",
            unit = Setting.Unit.PERCENT)
        double quarantined) {
  public static final Gate DEFAULT = new Gate(10);
}
