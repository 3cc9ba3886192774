using Assay.Server.Dashboard.Pages;

namespace Assay.Server.Dashboard;

/// <summary>GET /: every experiment, what needs attention first.</summary>
internal static class ShowList
{
    public static async Task<IResult> Handle(Sheets sheets, HttpRequest request, CancellationToken cancellation) =>
        new PageResult<ListPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ListPage.Sheets)] = await sheets.ListAsync(cancellation),
            [nameof(ListPage.Address)] = $"{request.Scheme}://{request.Host}",
        });
}
