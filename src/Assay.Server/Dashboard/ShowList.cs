using Assay.Server.Dashboard.Pages;

namespace Assay.Server.Dashboard;

/// <summary>GET /: every experiment, or those that are searched for; what needs attention first.</summary>
internal static class ShowList
{
    public static async Task<IResult> Handle(string? q, string? status, Sheets sheets, HttpRequest request, CancellationToken cancellation)
    {
        var (all, search) = (await sheets.ListAsync(cancellation), new ListSearch(q, status));
        return new PageResult<ListPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ListPage.Sheets)] = search.Find(all),
            [nameof(ListPage.Search)] = all.Length > 0 ? search : null,
            [nameof(ListPage.Address)] = $"{request.Scheme}://{request.Host}",
        });
    }
}
