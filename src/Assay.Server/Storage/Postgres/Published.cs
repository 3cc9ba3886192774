using Assay.Server.Storage.Commits;

namespace Assay.Server.Storage.Postgres;

/// <summary>What this process serves: every experiment as of a commit, and nothing of any commit up to it is missing.</summary>
internal sealed class Published
{
    private readonly Lock _gate = new();
    private volatile Picture _picture = new(new ViewIndex(0, []), Views: -1, People.None);

    public Picture Picture => _picture;

    public ViewIndex Index => _picture.Index;

    /// <summary>Takes up a commit of this process, unless a commit of another one is missing before it.</summary>
    /// <returns>False when everything has to be looked at anew.</returns>
    public bool TryFollow(CommitResult commit)
    {
        lock (_gate)
        {
            if (Index.Watermark < commit.Before) return false;
            _picture = _picture with { Index = Index.With(Math.Max(commit.Watermark, Index.Watermark), Newer(commit.Changed)) };
            return true;
        }
    }

    /// <summary>Takes up what was read in one picture of the database.</summary>
    public void Take(long watermark, long views, IReadOnlyCollection<ViewState> changed, People people)
    {
        lock (_gate)
        {
            _picture = new Picture(
                Index.With(Math.Max(watermark, Index.Watermark), Newer(changed)),
                Math.Max(views, _picture.Views),
                new People(
                    views >= _picture.Views ? people.Excluded : _picture.People.Excluded,
                    people.Links.Watermark >= _picture.People.Links.Watermark ? people.Links : _picture.People.Links));
        }
    }

    /// <summary>Pictures come from several threads: an older one takes nothing back.</summary>
    private List<ViewState> Newer(IReadOnlyCollection<ViewState> states) => [.. states.Where(state => !(Index.TryFind(state.Id)?.Revision >= state.Revision))];
}

/// <param name="Views">The version of the views in it, and of who is excluded.</param>
/// <param name="People">Who is one person, and excluded.</param>
internal sealed record Picture(ViewIndex Index, long Views, People People);
