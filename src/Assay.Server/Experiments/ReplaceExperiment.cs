using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>PUT /experiments/{id}</c>: another design for a draft, by who has read the one it replaces.</summary>
internal static class ReplaceExperiment
{
    public static async Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Handle(string id, HttpContext context, Caller caller, ExperimentChanges changes)
    {
        if (context.Request.Headers.IfMatch.Count == 0) return EntityTags.Required();
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        return await changes.ApplyAsync(id, context, caller, "replaced", (draft, _) => Replace(draft, DesignReader.Read(body)));
    }

    private static Change Replace(Experiment draft, DesignReading reading)
    {
        if (draft.Status != ExperimentStatus.Draft) return ExperimentProblems.NotDraft(draft);
        if (reading.Design is not { } design) return Problems.InvalidDesign(reading.Errors);
        if (!string.Equals(design.Key, draft.Key, StringComparison.Ordinal))
            return Problems.InvalidDesign([new DesignError("/key", "key_mismatch", $"The key of this experiment is '{draft.Key}' and stays so.")]);
        return draft with { Design = design, Plan = Pricing.Price(design) };
    }
}
