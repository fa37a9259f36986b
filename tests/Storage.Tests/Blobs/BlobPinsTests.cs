using AkkaComfy.Messages;

namespace AkkaComfy.Storage.Tests;

public sealed class BlobPinsTests
{
    private static readonly BlobId[] Files = [new("first"), new("stubborn"), new("last")];

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public void A_file_that_cannot_be_deleted_keeps_no_other_one(Type failure)
    {
        var deleted = new List<BlobId>();
        var pins = new BlobPins(id =>
        {
            if (id == Files[1])
            {
                throw (Exception)Activator.CreateInstance(failure, "Somebody holds it.")!;
            }

            deleted.Add(id);
            return true;
        });
        using var deletion = pins.BeginDeletion(Files);

        var told = Assert.Throws<IOException>(() => deletion.Delete(Files));

        Assert.Equal([Files[0], Files[2]], deleted);
        Assert.Contains("1 of the files cannot be deleted: Somebody holds it.", told.Message, StringComparison.Ordinal);
    }
}
