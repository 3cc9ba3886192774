using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Assay.Server.Dashboard;
using Assay.Server.Dashboard.Acting;
using Assay.Server.Dashboard.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server.Tests.Dashboard;

/// <summary>Pages as the server writes them, without a server.</summary>
internal static class Rendered
{
    public static async Task<string> HtmlAsync<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        return await PageResult<TPage>.RenderAsync(services, parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));
    }

    /// <summary>The largest that it can be: with every form of who may write.</summary>
    public static Task<string> HtmlAsync(ExperimentSheet sheet) => HtmlAsync<ExperimentPage>((nameof(ExperimentPage.Sheet), sheet), (nameof(ExperimentPage.Acts), new Acts()));

    public static Task<string> HtmlAsync(params IReadOnlyList<ExperimentSheet> sheets) =>
        HtmlAsync<ListPage>((nameof(ListPage.Sheets), sheets), (nameof(ListPage.Address), "http://127.0.0.1:5080"));

    public static async Task<IHtmlDocument> PageAsync(ExperimentSheet sheet) => Parse(await HtmlAsync(sheet));

    public static async Task<IHtmlDocument> ListAsync(params IReadOnlyList<ExperimentSheet> sheets) => Parse(await HtmlAsync(sheets));

    public static IHtmlDocument Parse(string html) => new HtmlParser(new() { IsStrictMode = false }).ParseDocument(html);
}
