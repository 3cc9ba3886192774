using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Experiments;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Amending;

/// <summary>The page of an amendment: the plan that runs, to be changed with a reason. It is priced as often as one likes, and the API's command does the rest.</summary>
internal static class ShowAmend
{
    public const string Reason = "reason";

    public static void MapAmend(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/experiments/{{key}}/{Act.Amend}", OpenAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
        app.MapPost($"/experiments/{{key}}/{Act.Amend}", AnswerAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(string key, ExperimentDirectory directory, Sheets sheets, CancellationToken cancellation) =>
        await directory.FindAsync(key, cancellation) is { } experiment
            ? Page(await sheets.OfAsync(experiment, cancellation), AmendForm.Of(experiment), sizing: null)
            : Problems.UnknownExperiment(key);

    private static async Task<IResult> AnswerAsync(
        string key, HttpContext context, Caller caller, ExperimentChanges changes, LiveReadouts readouts, ExperimentDirectory directory, Sheets sheets)
    {
        var cancellation = context.RequestAborted;
        var typed = await FormBody.ReadAsync(context.Request);

        // As it is stored: what the form does not show is kept of the version that is replaced, whichever server wrote it.
        if (await directory.ReloadAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        var document = PlanDocument.Of(AmendForm.Fixed(typed, experiment.Design), PlanDocument.Keep(experiment.Design));
        if (typed[ShowPlanner.Show] != Act.Amend)
        {
            var sheet = await sheets.OfAsync(experiment, cancellation);
            var reading = DesignReader.Read(JsonSerializer.SerializeToElement(document.Design));
            return reading.Design is { } design
                ? Page(sheet, typed, Sizing.Of(design, typed[ShowPlanner.Show] == ShowPlanner.Simulate, cancellation))
                : Refused(sheet, typed, document, Problems.InvalidDesign(reading.Errors));
        }

        FormBody.Match(context.Request, typed);
        FormBody.Become(context.Request, new JsonObject { ["reason"] = typed[Reason] is { Length: > 0 } reason ? reason : null, ["design"] = document.Design });
        var amended = await AmendExperiment.Handle(key, context, caller, changes, readouts);
        if (amended.Result is not ProblemHttpResult problem) return new SeeOther($"/experiments/{key}?done={Act.Amend}#acts");
        if (problem.StatusCode == StatusCodes.Status404NotFound || await directory.FindAsync(key, cancellation) is not { } now) return problem;
        return Refused(await sheets.OfAsync(now, cancellation), typed, document, problem);
    }

    /// <summary>The handler's errors are of a body that holds the design; the form's fields are named by the design alone.</summary>
    private static PageResult<AmendPage> Refused(ExperimentSheet sheet, TypedForm typed, PlanDocument document, ProblemHttpResult problem)
    {
        var refused = typed.RefusedBy(problem);
        var errors = refused.Errors.Select(error => error.Pointer.StartsWith("/design", StringComparison.Ordinal) ? error with { Pointer = error.Pointer["/design".Length..] } : error);
        var refusal = problem.StatusCode == StatusCodes.Status412PreconditionFailed ? AmendWords.Changed : refused.Refusal;
        return Page(sheet, refused with { Refusal = refusal, Errors = document.Place([.. errors], typed) }, sizing: null, problem.StatusCode);
    }

    private static PageResult<AmendPage> Page(ExperimentSheet sheet, TypedForm form, Sizing? sizing, int status = StatusCodes.Status200OK) => new(
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(AmendPage.Sheet)] = sheet,
            [nameof(AmendPage.Form)] = form,
            [nameof(AmendPage.Sizing)] = sizing,
        },
        status);
}
