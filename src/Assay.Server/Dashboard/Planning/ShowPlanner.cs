using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Experiments;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Planning;

/// <summary>The page of a new experiment: it is priced and simulated as often as one likes, and kept as a draft once it is right.</summary>
internal static class ShowPlanner
{
    public const string Address = "/plan";

    /// <summary>The button's name and the value that asks for a simulation too.</summary>
    public const string Show = "show", Simulate = "simulate";

    /// <summary>A price needs no key; this stands for it.</summary>
    private const string NoKey = "new";

    public static void MapPlanner(this IEndpointRouteBuilder app)
    {
        app.MapGet(Address, OpenAsync).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapPost(Address, PriceAsync).RequireScope(AccessScope.Read).ExcludeFromDescription();
        app.MapPost("/experiments", CreateAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(string? from, Caller caller, ExperimentDirectory directory, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(from)) return Page(PlanForm.Fresh, sizing: null, caller);
        return await directory.FindAsync(from, cancellation) is { } experiment ? Page(PlanForm.Again(experiment.Design), sizing: null, caller) : Problems.UnknownExperiment(from);
    }

    private static async Task<IResult> PriceAsync(HttpContext context, Caller caller, ExperimentDirectory directory)
    {
        var form = await FormBody.ReadAsync(context.Request);
        var document = PlanDocument.Of(form, await KeptAsync(form, directory, context.RequestAborted));
        if (!document.Design.ContainsKey(PlanFields.Key)) document.Design[PlanFields.Key] = NoKey;
        var reading = DesignReader.Read(JsonSerializer.SerializeToElement(document.Design));
        return reading.Design is { } design
            ? Page(form, Sizing.Of(design, form[Show] == Simulate, context.RequestAborted), caller)
            : Refused(form, document, Problems.InvalidDesign(reading.Errors), caller);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, Caller caller, ICatalog catalog, ExperimentDirectory directory, TimeProvider clock)
    {
        var form = await FormBody.ReadAsync(context.Request);
        var document = PlanDocument.Of(form, await KeptAsync(form, directory, context.RequestAborted));
        FormBody.Become(context.Request, document.Design);
        var created = await CreateExperiment.Handle(context, caller, catalog, directory, clock);
        return created.Result switch
        {
            Created<ExperimentResource> { Value: { } draft } => new SeeOther($"/experiments/{draft.Key}?done={Act.Create}#acts"),
            ProblemHttpResult problem => Refused(form, document, problem, caller),
            var other => throw new InvalidOperationException($"Creating answered {other}."),
        };
    }

    /// <summary>The design that the form began with.</summary>
    private static async Task<JsonObject?> KeptAsync(TypedForm form, ExperimentDirectory directory, CancellationToken cancellation) =>
        form[PlanFields.From] is { Length: > 0 } from && await directory.FindAsync(from, cancellation) is { Design: var design } ? PlanDocument.Keep(design) : null;

    private static PageResult<PlannerPage> Refused(TypedForm form, PlanDocument document, ProblemHttpResult problem, Caller caller)
    {
        var refused = form.RefusedBy(problem);
        return Page(refused with { Errors = document.Place(refused.Errors, form) }, sizing: null, caller, problem.StatusCode);
    }

    private static PageResult<PlannerPage> Page(TypedForm form, Sizing? sizing, Caller caller, int status = StatusCodes.Status200OK) => new(
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(PlannerPage.Form)] = form,
            [nameof(PlannerPage.Sizing)] = sizing,
            [nameof(PlannerPage.MayCreate)] = Acts.Of(caller, done: null) is not null,
        },
        status);
}
