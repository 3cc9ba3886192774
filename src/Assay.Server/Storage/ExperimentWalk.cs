using System.Runtime.CompilerServices;

namespace Assay.Server.Storage;

/// <summary>Every experiment of the catalog, by key, whatever their number.</summary>
internal static class ExperimentWalk
{
    private const int Page = 200;

    public static async IAsyncEnumerable<Experiment> WalkAsync(this ICatalog catalog, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var query = new ExperimentQuery(Status: null, Search: null, Page, Cursor: null);
        while (true)
        {
            var found = await catalog.ListAsync(query, cancellation);
            foreach (var experiment in found) yield return experiment;
            if (found.Length < Page) yield break;
            query = query with { Cursor = found[^1].Key };
        }
    }
}
