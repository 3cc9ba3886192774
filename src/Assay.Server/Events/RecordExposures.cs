using System.Collections.Immutable;
using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>POST /experiments/{id}/exposures: a unit met a variation.</summary>
internal static class RecordExposures
{
    public static Task<Results<Ok<Receipt>, ProblemHttpResult>> Handle(string id, HttpContext context, Intake intake) =>
        intake.ReceiveAsync(context, id, ItemShape.Exposures, Sift);

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

/// <summary>The body of <c>/exposures</c> as the API describes it; <see cref="ItemBody"/> reads it, so that one wrong item does not spoil the others.</summary>
/// <param name="SentAt">The client's clock when it sent the batch: times are corrected by it.</param>
internal sealed record ExposureBatch(ImmutableArray<Exposure> Exposures, DateTimeOffset? SentAt = null);

/// <param name="UserId">1 to 200 characters, exact and case-sensitive.</param>
/// <param name="VariationIndex">-1 for the holdout. This or <paramref name="VariationKey"/> is required.</param>
/// <param name="OccurredAt">RFC 3339 with an offset; the arrival unless given.</param>
/// <param name="Id">Makes a retry a duplicate.</param>
internal sealed record Exposure(
    string UserId, int? VariationIndex = null, string? VariationKey = null, DateTimeOffset? OccurredAt = null, string? Id = null, JsonElement? Attributes = null, string? Source = null);
