using System.Text.Json;
using Assay.Analysis.Designs;
using Assay.Server.Access;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Dashboard.Planning;
using Assay.Server.Dashboard.Wording;
using Assay.Server.Experiments;
using Assay.Server.Hosting;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Drafting;

/// <summary>The page of a draft that is changed, and its deletion: both of the version that the reader saw, by the API's handlers.</summary>
internal static class ShowDraft
{
    /// <summary>The value of the button that keeps what was typed.</summary>
    public const string Save = "save";

    public static void MapDraft(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/experiments/{{key}}/{Act.Edit}", OpenAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
        app.MapPost($"/experiments/{{key}}/{Act.Edit}", AnswerAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
        app.MapPost($"/experiments/{{key}}/{Act.Delete}", DeleteAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
    }

    private static async Task<IResult> OpenAsync(string key, ExperimentDirectory directory, CancellationToken cancellation) =>
        await directory.FindAsync(key, cancellation) is { } experiment ? Page(experiment, DraftForm.Of(experiment), sizing: null) : Problems.UnknownExperiment(key);

    private static async Task<IResult> AnswerAsync(string key, HttpContext context, Caller caller, ExperimentChanges changes, ExperimentDirectory directory)
    {
        var cancellation = context.RequestAborted;
        var typed = await FormBody.ReadAsync(context.Request);

        // As it is stored: what the form does not show is kept of the version that is replaced, whichever server wrote it.
        if (await directory.ReloadAsync(key, cancellation) is not { } experiment) return Problems.UnknownExperiment(key);
        var document = PlanDocument.Of(DraftForm.Fixed(typed, key), PlanDocument.Keep(experiment.Design));
        if (typed[ShowPlanner.Show] != Save)
        {
            var reading = DesignReader.Read(JsonSerializer.SerializeToElement(document.Design));
            return reading.Design is { } design
                ? Page(experiment, typed, Sizing.Of(design, typed[ShowPlanner.Show] == ShowPlanner.Simulate, cancellation))
                : Refused(experiment, typed, document, Problems.InvalidDesign(reading.Errors));
        }

        FormBody.Match(context.Request, typed);
        FormBody.Become(context.Request, document.Design);
        if ((await ReplaceExperiment.Handle(key, context, caller, changes)).Result is not ProblemHttpResult problem) return new SeeOther($"/experiments/{key}?done={Act.Edit}#acts");
        if (problem.StatusCode == StatusCodes.Status404NotFound || await directory.FindAsync(key, cancellation) is not { } now) return problem;
        return Refused(now, typed, document, problem);
    }

    private static async Task<IResult> DeleteAsync(string key, HttpContext context, Caller caller, ExperimentChanges changes, Sheets sheets)
    {
        var form = await FormBody.ReadAsync(context.Request);
        FormBody.Match(context.Request, form);

        // The API lets a program delete whatever is there; a person deletes what the page showed.
        var result = context.Request.Headers.IfMatch.Count == 0 ? EntityTags.Required() : (await DeleteExperiment.Handle(key, context, caller, changes)).Result;
        if (result is not ProblemHttpResult problem) return new SeeOther("/");
        if (problem.StatusCode == StatusCodes.Status404NotFound) return problem;
        var refused = form.RefusedBy(problem);
        var acts = new Acts { Refused = Act.Delete, Form = refused with { Refusal = Told(problem, DraftWords.ChangedSinceSeen) ?? refused.Refusal } };
        return await ShowExperiment.PageAsync(key, acts, problem.StatusCode, sheets, context.RequestAborted);
    }

    private static PageResult<DraftPage> Refused(Experiment experiment, TypedForm typed, PlanDocument document, ProblemHttpResult problem)
    {
        var refused = typed.RefusedBy(problem);
        return Page(experiment, refused with { Refusal = Told(problem, DraftWords.Changed) ?? refused.Refusal, Errors = document.Place(refused.Errors, typed) }, sizing: null, problem.StatusCode);
    }

    /// <summary>What the page says of a version that is no longer, or of none; null for any other problem.</summary>
    private static string? Told(ProblemHttpResult problem, string changed) => problem.StatusCode switch
    {
        StatusCodes.Status412PreconditionFailed => changed,
        StatusCodes.Status428PreconditionRequired => DraftWords.Unseen,
        _ => null,
    };

    private static PageResult<DraftPage> Page(Experiment experiment, TypedForm form, Sizing? sizing, int status = StatusCodes.Status200OK) => new(
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(DraftPage.Draft)] = new Draft(experiment.Key, experiment.Design.Name, experiment.Status == ExperimentStatus.Draft),
            [nameof(DraftPage.Form)] = form,
            [nameof(DraftPage.Sizing)] = sizing,
        },
        status);
}
