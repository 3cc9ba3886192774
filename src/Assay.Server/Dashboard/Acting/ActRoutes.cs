using Assay.Server.Access;
using Assay.Server.Dashboard.Forms;
using Assay.Server.Decisions;
using Assay.Server.Experiments;
using Assay.Server.Results;
using Assay.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Dashboard.Acting;

/// <summary>The forms of the Experiment page: each does what the API's command of the same name does, by its handler, and leads back to the page.</summary>
/// <remarks>No form token: <see cref="BrowserGuard"/> refuses a browser's write from another site before any handler, and the cookie of a key never leaves this site.</remarks>
internal static class ActRoutes
{
    private delegate Task<Results<Ok<ExperimentResource>, ProblemHttpResult>> Change(string id, HttpContext context, Caller caller, ExperimentChanges changes);

    public static void MapActs(this IEndpointRouteBuilder app)
    {
        Map(app, Act.Start, StartExperiment.Handle);
        Map(app, Act.Pause, PauseExperiment.Handle);
        Map(app, Act.Resume, ResumeExperiment.Handle);
        Map(app, Act.Stop, StopExperiment.Handle);
        Map(app, Act.Archive, ArchiveExperiment.Handle);
        app.MapPost($"/experiments/{{key}}/{Act.Decide}", DecideAsync).RequireScope(AccessScope.Write).ExcludeFromDescription();
    }

    private static void Map(IEndpointRouteBuilder app, string act, Change change) => app
        .MapPost($"/experiments/{{key}}/{act}", async (string key, HttpContext context, Caller caller, ExperimentChanges changes, Sheets sheets) =>
        {
            var form = await FormBody.ReadAsync(context.Request);
            FormBody.Become(context.Request, []);
            return await AnswerAsync(key, act, form, (await change(key, context, caller, changes)).Result, sheets, context);
        })
        .RequireScope(AccessScope.Write).ExcludeFromDescription();

    private static async Task<IResult> DecideAsync(
        string key, HttpContext context, Caller caller, ICatalog catalog, ExperimentDirectory directory, IStorageEngine engine, IEventStore store, LiveReadouts readouts, TimeProvider clock, ILoggerFactory logs, Sheets sheets)
    {
        var form = await FormBody.ReadAsync(context.Request);
        FormBody.Become(context.Request, DecisionForm.ToJson(form));
        var decided = await DecideExperiment.Handle(key, context, caller, catalog, directory, engine, store, readouts, clock, logs);
        return await AnswerAsync(key, Act.Decide, form, decided.Result, sheets, context);
    }

    /// <summary>Back to the page; where it was refused, the page as it is now with the refusal beside the form and everything that was typed.</summary>
    private static async Task<IResult> AnswerAsync(string key, string act, TypedForm form, IResult result, Sheets sheets, HttpContext context)
    {
        if (result is not ProblemHttpResult problem) return new SeeOther($"/experiments/{key}?done={act}#acts");
        if (problem.StatusCode == StatusCodes.Status404NotFound) return problem;
        return await ShowExperiment.PageAsync(key, new Acts { Refused = act, Form = form.RefusedBy(problem) }, problem.StatusCode, sheets, context.RequestAborted);
    }
}
