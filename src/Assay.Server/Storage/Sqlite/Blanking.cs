using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>Nothing of what was erased is left in the file or in its journal.</summary>
/// <remarks>
/// Pages that are in use have no remains, because the writer's connection zeroes what it deletes (<c>secure_delete = fast</c>). Pages that are free may have: merges and
/// replaced rows have left theirs. They are all taken into use, and given back zeroed.
/// </remarks>
internal static class Blanking
{
    private const int PagesAtOnce = 4_096;

    /// <summary>Runs work that erases in a transaction, and zeroes every free page in it.</summary>
    public static T Write<T>(EventDatabase database, Func<Func<T>, T> write, Func<T> work)
    {
        database.Query("pragma secure_delete = on");
        try
        {
            return write(() =>
            {
                var result = work();
                BlankFreePages(database);
                return result;
            });
        }
        finally
        {
            database.Query("pragma secure_delete = fast");
        }
    }

    /// <summary>Brings the journal into the file and empties it, unless somebody still reads an older commit.</summary>
    /// <returns>Whether it is empty.</returns>
    public static bool TryEmptyJournal(EventDatabase database)
    {
        try
        {
            // Nobody waits for a long reader.
            database.Query("pragma busy_timeout = 0");
            return database.Query("pragma wal_checkpoint(truncate)") == 0;
        }
        catch (SqliteException)
        {
            // Somebody else is at it, or the disk is full: what is committed is safe in the journal, and the next commit tries again.
            return false;
        }
        finally
        {
            database.Query(EventDatabase.Patience);
        }
    }

    private static void BlankFreePages(EventDatabase database)
    {
        var room = database.Number("pragma page_size") - sizeof(int);
        for (long free; (free = database.Number("pragma freelist_count")) > 0;)
            database.Prepare("insert into blanks (data) values (zeroblob(?))").Bind(1, Math.Min(free, PagesAtOnce) * room).Run();
        database.Prepare("delete from blanks").Run();
    }
}
