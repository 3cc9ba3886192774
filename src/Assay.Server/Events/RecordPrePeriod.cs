using System.Collections.Immutable;
using Assay.Analysis.Designs;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Events;

/// <summary>POST /experiments/{id}/pre-period: what was known of a unit before; the first value of a covariate is kept.</summary>
internal static class RecordPrePeriod
{
    public static Task<Results<Ok<Receipt>, ProblemHttpResult>> Handle(string id, HttpContext context, Intake intake) =>
        intake.ReceiveAsync(context, id, ItemShape.PrePeriod, Sift);

    public static SiftedItems Sift(Experiment experiment, ItemBody body, long arrivedAt)
    {
        var sieve = new Sieve(new ArrivalClock(arrivedAt, SentAt: null));
        var known = experiment.Design.Metrics.Covariates
            .Where(covariate => covariate.Source == CovariateSource.PrePeriod).Select(covariate => covariate.Name).ToHashSet(StringComparer.Ordinal);
        var good = new List<CovariateItem>(body.Items.Count);
        foreach (var item in body.Items)
        {
            if (!sieve.Take(item)) continue;
            if (known.TryGetValue(item.Name!, out var name))
                good.Add(new CovariateItem(item.Index, item.UserId!, name, item.Value!.Value));
            else
                sieve.Refuse(item, RejectionCodes.UnknownCovariate, $"The experiment has no pre-period covariate '{item.Name}'.");
        }

        return sieve.Close(new Batch(experiment.Key, arrivedAt) { Covariates = [.. good] });
    }
}

/// <summary>The body of <c>/pre-period</c> as the API describes it.</summary>
internal sealed record PrePeriodBatch(ImmutableArray<PrePeriodValue> Values);

/// <param name="UserId">1 to 200 characters, exact and case-sensitive.</param>
/// <param name="Covariate">A covariate of the design with source <c>pre_period</c>.</param>
/// <param name="Value">Finite, at most 1e15 in magnitude.</param>
internal sealed record PrePeriodValue(string UserId, string Covariate, double Value);
