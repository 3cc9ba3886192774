using Assay.Analysis.Designs;
using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>POST /experiments/{id}/exposures: a unit met a variation.</summary>
internal static class RecordExposures
{
    public static SiftedItems Sift(Experiment experiment, ItemBody body, long arrivedAt)
    {
        var sieve = new Sieve(new ArrivalClock(arrivedAt, body.SentAt));
        var variations = experiment.Design.Setup.Variations;
        var startedAt = experiment.StartedAt is { } start ? Microseconds.Of(start) : long.MinValue;
        var stoppedAt = experiment.StoppedAt is { } stop ? Microseconds.Of(stop) : long.MaxValue;
        var good = new List<ExposureItem>(body.Items.Count);
        foreach (var item in body.Items)
        {
            var (variation, objection) = FindVariation(item, variations);
            if (!sieve.Take(item, variation)) continue;
            if (objection is not null)
                sieve.Refuse(item, objection.Code, objection.Detail, variation);
            else if (!sieve.TryTime(item, out var at, out var isSkewed, variation))
                continue;
            else if (at < startedAt)
                sieve.Refuse(item, RejectionCodes.BeforeStart, "The exposure occurred before the experiment started.", variation);
            else if (at > stoppedAt)
                sieve.Refuse(item, RejectionCodes.AfterStop, "The exposure occurred after the experiment stopped.", variation);
            else
            {
                sieve.Warn(isSkewed);
                good.Add(new ExposureItem(item.Index, item.UserId!, variation!.Value, at, item.OccurredAt, item.Id, item.Properties, item.Source));
            }
        }

        return sieve.Close(new Batch(experiment.Key, arrivedAt) { Exposures = [.. good] });
    }

    /// <summary>The variation an item names by index, by key or by both alike; −1 is the holdout, which has no key.</summary>
    private static (int? Variation, Flaw? Objection) FindVariation(WrittenItem item, IReadOnlyList<Variation> variations)
    {
        if (item.VariationIndex is null && item.VariationKey is null)
            return (null, new Flaw(RejectionCodes.MissingField, "A 'variation_index' or a 'variation_key' is required."));
        if (item.VariationIndex is { } index && (index < -1 || index >= variations.Count))
            return (null, new Flaw(RejectionCodes.UnknownVariation, $"The experiment's variations are 0 to {variations.Count - 1}, and -1 for the holdout."));
        if (item.VariationKey is not { } key) return (item.VariationIndex, null);

        var keyed = -1;
        for (var i = 0; i < variations.Count && keyed < 0; i++)
            if (string.Equals(variations[i].Key, key, StringComparison.Ordinal)) keyed = i;
        if (keyed < 0) return (item.VariationIndex, new Flaw(RejectionCodes.UnknownVariation, $"The experiment has no variation '{key}'."));
        return item.VariationIndex is { } other && other != keyed
            ? (keyed, new Flaw(RejectionCodes.InvalidValue, $"'variation_index' {other} and 'variation_key' '{key}' are different variations."))
            : (keyed, null);
    }
}
