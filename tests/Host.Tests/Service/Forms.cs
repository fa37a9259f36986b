namespace AkkaComfy.Host.Tests.Service;

/// <summary>Fills forms as a browser or curl would.</summary>
internal static class Forms
{
    public static MultipartFormDataContent Image(byte[] bytes) =>
        new MultipartFormDataContent().With("imageFile", bytes);

    public static MultipartFormDataContent With(this MultipartFormDataContent form, string field, byte[] file)
    {
        form.Add(new ByteArrayContent(file), field, "photo.png");
        return form;
    }

    public static MultipartFormDataContent With(this MultipartFormDataContent form, string field, string text)
    {
        form.Add(new StringContent(text), field);
        return form;
    }
}

/// <summary>A form whose length is not told beforehand.</summary>
internal sealed class UnmeasuredForm : MultipartFormDataContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
