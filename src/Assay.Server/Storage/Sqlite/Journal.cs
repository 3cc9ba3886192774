using Microsoft.Data.Sqlite;

namespace Assay.Server.Storage.Sqlite;

/// <summary>The write-ahead log, which holds what pages were before until it is written over.</summary>
internal static class Journal
{
    /// <summary>Brings it into the file and empties it, unless somebody still reads an older commit: nobody waits for a long reader.</summary>
    /// <returns>Whether it is empty.</returns>
    public static bool TryEmpty(EventDatabase database)
    {
        try
        {
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
}
