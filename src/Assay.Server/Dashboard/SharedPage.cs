using System.Globalization;
using System.Text;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Pages;
using Assay.Server.Hosting;
using Assay.Server.Results;
using Assay.Server.Storage;

namespace Assay.Server.Dashboard;

/// <summary>The Experiment page for those who watch it: all fetch it again at every turn of the stream, and it is put together once a turn, whatever their number.</summary>
/// <param name="key">The experiment.</param>
/// <param name="turn">The newest turn.</param>
/// <param name="acts">Null for a caller who may only read.</param>
/// <param name="sheets">What it shows.</param>
/// <param name="catalog">Who has decided meanwhile: a decision brings no turn.</param>
internal sealed class SharedPage(string key, Turn turn, Acts? acts, Sheets sheets, ICatalog catalog) : IResult
{
    /// <summary>What the page's script says when it fetches the page again.</summary>
    private const string Refresh = "Assay-Refresh";

    /// <summary>Whether the page fetches itself. Whoever opens it, or has just done something, gets it as it is now.</summary>
    public static bool IsAsked(HttpContext context) => context.Request.Headers.ContainsKey(Refresh) && !context.Request.QueryString.HasValue;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var signedIn = PageResult<ExperimentPage>.IsSignedIn(httpContext);
        var decisions = (await catalog.ListDecisionsAsync(key, httpContext.RequestAborted)).Length;
        var variant = string.Create(CultureInfo.InvariantCulture, $"{CultureInfo.CurrentCulture.Name} {acts is not null} {signedIn} {decisions}");
        var services = httpContext.RequestServices.GetRequiredService<IServiceScopeFactory>();
        if (await turn.MakeOnceAsync(variant, () => MakeAsync(services, signedIn)) is { } body) await PageResult<ExperimentPage>.AnswerAsync(httpContext, body);
        else await Problems.UnknownExperiment(key).ExecuteAsync(httpContext);
    }

    /// <returns>Null where the experiment is gone.</returns>
    /// <remarks>For everybody, so that nobody's leaving ends it.</remarks>
    private async Task<byte[]?> MakeAsync(IServiceScopeFactory services, bool signedIn)
    {
        await using var scope = services.CreateAsyncScope();
        return await sheets.FindAsync(key, CancellationToken.None) is { } sheet
            ? Encoding.UTF8.GetBytes(await PageResult<ExperimentPage>.RenderAsync(scope.ServiceProvider, ShowExperiment.Parameters(sheet, acts), signedIn))
            : null;
    }
}
