using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Experiments;

/// <summary><c>POST /experiments</c>: a design is validated, priced and kept as a draft.</summary>
internal static class CreateExperiment
{
    public static async Task<Results<Created<ExperimentResource>, ProblemHttpResult>> Handle(
        HttpContext context, Caller caller, ICatalog catalog, ExperimentDirectory directory, TimeProvider clock)
    {
        var (body, malformed) = await JsonBody.ReadAsync(context.Request);
        if (malformed is not null) return malformed;
        var reading = DesignReader.Read(body);
        if (reading.Design is not { } design) return Problems.InvalidDesign(reading.Errors);

        var draft = Draft(design, clock.GetUtcNow());
        var audit = Audit.Of(caller, "created", draft, draft.CreatedAt);
        if (!await catalog.AddAsync(draft, audit, context.RequestAborted)) return ExperimentProblems.KeyTaken(design.Key);
        directory.Forget(design.Key);
        context.Response.GetTypedHeaders().ETag = ExperimentResource.TagOf(draft);
        return TypedResults.Created($"/api/v1/experiments/{draft.Key}", ExperimentResource.Of(draft));
    }

    private static Experiment Draft(Design design, DateTimeOffset now) => new()
    {
        Design = design,
        Plan = Pricing.Price(design),
        Status = ExperimentStatus.Draft,
        Version = 1,
        Iteration = 1,
        Epoch = 1,
        CreatedAt = Microseconds.Truncate(now),
    };
}
