using System.Runtime.InteropServices;
using Assay.Analysis.Measurement;

namespace Assay.Server.Storage.Commits;

/// <summary>Which value a person has of each covariate: its own, otherwise that of the unit whose user id comes first by its characters' numbers.</summary>
internal sealed class PersonCovariates
{
    private readonly List<CovariateRow> _rows = [];
    private readonly List<string?> _users = [];

    /// <summary>One row for each covariate.</summary>
    public ReadOnlySpan<CovariateRow> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Takes a row in.</summary>
    /// <param name="userId">Whose it is; null for the unit that gives the person its name.</param>
    /// <param name="row">The row.</param>
    public void Add(string? userId, in CovariateRow row)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            if (_rows[i].Covariate != row.Covariate) continue;
            if (string.CompareOrdinal(userId, _users[i]) < 0) (_users[i], _rows[i]) = (userId, row);
            return;
        }

        _rows.Add(row);
        _users.Add(userId);
    }

    public void Clear()
    {
        _rows.Clear();
        _users.Clear();
    }
}
