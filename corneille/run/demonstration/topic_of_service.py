"""What services, unions and lists write: (key, writer, subjects, paragraphs); `topic` says how braces are filled."""

SERVICE_TOPICS = (
    (
        "note", "rectorat",
        (
            "Note de service n° 2026-{numero} : mouvement des personnels",
            "Circulaire académique n° {numero} – organisation des examens",
            "Calendrier des opérations de gestion : rappel",
            "Note de service n° 2026-{numero} relative aux frais de déplacement temporaires",
            "Enquête de rentrée : retour attendu pour le {jour}",
        ),
        (
            "Vous voudrez bien trouver ci-après les instructions relatives à la campagne qui s’ouvre le {jour}.",
            "Les demandes sont formulées exclusivement en ligne, avant le {jour}, délai de rigueur. Aucune demande tardive ne sera examinée.",
            "Les cheffes et chefs d’établissement portent la présente note à la connaissance de l’ensemble des personnels placés sous leur autorité.",
            "Toute difficulté d’application sera signalée au bureau DPE {numero}, sous le présent timbre.",
            "La présente note annule et remplace la note de même objet de l’année précédente.",
        ),
    ),
    (
        "inspection", "inspection",
        (
            "Rendez-vous de carrière – {jour}",
            "Visite en classe : {matiere}, {classe}",
            "Suite de votre rendez-vous de carrière",
            "Groupe de travail des formatrices et formateurs de {matiere}",
        ),
        (
            "J’aurai le plaisir de vous rencontrer le {jour} à {heure} dans votre classe de {classe}, salle {salle}.",
            "La visite sera suivie d’un entretien d’environ quarante-cinq minutes.",
            "Je vous invite à préparer le document de référence joint, sans aucun caractère obligatoire.",
            "Votre compte rendu est consultable ; vous disposez de trois semaines pour formuler des observations.",
        ),
    ),
    (
        "formation", "rectorat",
        (
            "Inscription au plan de formation : module n° {numero}",
            "Convocation à la formation « Évaluer par compétences », {jour}",
            "Formation annulée : module n° {numero}",
            "Webinaire : accueillir une ou un élève à besoins particuliers",
        ),
        (
            "Votre candidature au module n° {numero} est retenue. La première journée aura lieu le {jour} à {ville}.",
            "L’accueil se fait à partir de {heure} ; le repas peut être pris sur place, au restaurant administratif.",
            "L’ordre de mission vous parviendra par courrier électronique une semaine avant la session.",
            "Si vous ne pouvez pas venir, prévenez-nous rapidement : une collègue ou un collègue de la liste complémentaire prendra la place.",
        ),
    ),
    (
        "syndicat", "syndicat",
        (
            "Heure d’information syndicale – {jour}",
            "Compte rendu de l’instance du {jour}",
            "Dotation horaire : ce qu’il faut savoir",
            "Élections professionnelles : comment voter",
        ),
        (
            "Une heure d’information syndicale est organisée le {jour} à {heure}, salle {salle}. Tous les personnels peuvent y assister.",
            "La dotation présentée au comité perd dix-sept heures alors que les effectifs augmentent de vingt-trois élèves.",
            "Nous avons rappelé notre demande d’un calendrier de concertation et de moyens pour l’inclusion.",
            "Le compte rendu complet est affiché en salle des personnels.",
        ),
    ),
    (
        "informatique", "assistance",
        (
            "Maintenance de la messagerie – {jour}",
            "Votre demande n° {numero} : prise en charge",
            "Votre demande n° {numero} est résolue",
            "Vidéoprojecteur de la salle {salle}",
            "Alerte : messages d’hameçonnage en circulation",
        ),
        (
            "Une intervention aura lieu le {jour} entre 19\u00a0h et 21\u00a0h. L’accès aux messages restera possible, l’envoi sera différé.",
            "Votre demande n° {numero} est prise en charge par l’équipe de proximité. Réponse prévue avant le {jour}.",
            "Le vidéoprojecteur de la salle {salle} a été remplacé ; dites-nous si l’image vous convient.",
            "Rappel : le service ne demande jamais votre mot de passe, ni par courriel, ni par téléphone.",
        ),
    ),
    (
        "liste", "liste",
        (
            "[doc-normandie] Fonds commun : nouveautés",
            "[maths-college] Énigme de la semaine n° {numero}",
            "[langues] Assistantes et assistants : accueil à {ville}",
            "[education-musicale] Rencontre chorale à {ville}",
        ),
        (
            "Bonjour à toutes et à tous, voici la sélection de la semaine : trois albums, un dossier sur le climat et un podcast.",
            "Soit un triangle dont les côtés sont trois entiers consécutifs : pour quelles valeurs est-il rectangle ? Réponses avant le {jour}.",
            "La rencontre aura lieu le {jour} à {ville} ; quatre cents choristes sont attendus.",
            "Qui aurait une séquence toute prête sur les îles anglo-normandes ? Je partage la mienne en retour.",
        ),
    ),
    (
        "restauration", "administratif",
        (
            "Menus de la semaine",
            "Carte de restauration : solde insuffisant",
            "Grève du {jour} : repas froids",
        ),
        (
            "Les menus tiennent compte des produits de saison : potage, poisson de Port-Clair, pommes du pays d’Auge.",
            "Le solde de votre carte est inférieur au prix d’un repas ; vous pouvez le recharger à l’intendance, bureau {salle}.",
            "Le {jour}, un repas froid sera servi à partir de {heure}.",
        ),
    ),
    (
        "commande", "administratif",
        (
            "Bon de commande n° {numero}",
            "Facture n° F-{numero} : service fait à valider",
            "Livraison de manuels de {matiere}",
            "Crédits pédagogiques de {matiere} : reste à engager",
        ),
        (
            "Le bon de commande n° {numero} a été signé ; la livraison est attendue le {jour}.",
            "Merci de confirmer que les manuels de {matiere} sont arrivés complets et en bon état.",
            "Il reste 312,40\u00a0€ à engager avant la clôture de l’exercice. Vos devis doivent parvenir à la gestion avant le {jour}.",
        ),
    ),
)  # fmt: skip
