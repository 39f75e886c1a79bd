"""Addresses of the mail pages. They are French, as the people are, and stay the same in every language."""

from django.urls import path

from corneille.doors.web.mail import (
    act,
    attachment,
    audience,
    autosave,
    body,
    compose,
    deleted,
    folder,
    folders,
    images,
    invitation,
    mailbox,
    message,
    room,
    search,
    signature,
    source,
    suggest,
    undo,
)

app_name = "mail"

urlpatterns = [
    path("", mailbox.inbox, name="inbox"),
    path("<int:mailbox_id>/", mailbox.mailbox, name="mailbox"),
    path("<int:mailbox_id>/agir", act.act, name="act"),
    path("annuler", undo.undo, name="undo"),
    path("message/<int:message_id>/", message.message, name="message"),
    path("message/<int:message_id>/corps", body.body, name="body"),
    path("message/<int:message_id>/invitation", invitation.answer, name="answer_invitation"),
    path("message/<int:message_id>/source", source.source, name="source"),
    path("message/<int:message_id>/piece", attachment.attachment, name="attachment"),
    path("message/<int:message_id>/image", attachment.picture, name="picture"),
    path("message/<int:message_id>/images", images.show_images, name="show_images"),
    path("images", images.image_senders, name="images"),
    path("signature", signature.signature, name="signature"),
    path("ecrire", compose.compose, name="compose"),
    path("ecrire/brouillon", autosave.autosave, name="autosave"),
    path("destinataires", audience.audience, name="audience"),
    path("suggestions", suggest.suggest, name="suggest"),
    path("espace", room.room, name="room"),
    path("recherche", search.search, name="search"),
    path("supprimes", deleted.deleted, name="deleted"),
    path("supprimes/remettre", deleted.put_messages_back, name="put_back"),
    path("dossiers", folders.folders, name="folders"),
    path("dossiers/creer", folder.create, name="create_folder"),
    path("dossiers/renommer", folder.rename, name="rename_folder"),
    path("dossiers/supprimer", folder.delete, name="delete_folder"),
    path("dossiers/vider", folder.empty, name="empty_folder"),
]
